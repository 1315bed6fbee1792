using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A file of an archive that was unpacked, as far as it could be.</summary>
/// <param name="Room">Where it lies, beside others.</param>
/// <param name="Start">Where it begins there, in bytes.</param>
/// <param name="SizeBytes">How much of it there is.</param>
/// <param name="Damage">Why there is no more, for a person; null when that is all of it.</param>
internal sealed record UnpackedFile(SafeFileHandle Room, long Start, long SizeBytes, string? Damage);
