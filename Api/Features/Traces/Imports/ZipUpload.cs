using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Platform.Core.Text;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces.Imports;

/// <summary>An archive out of a request, in a temporary file that vanishes when it is closed.</summary>
/// <param name="Content">Null when the request holds no archive, or too large a one. The caller disposes it.</param>
/// <param name="Name">The file's name as the client gave it.</param>
/// <param name="IsTooLarge">True when it was cut off at <see cref="MaxBytes"/>.</param>
/// <param name="HasNoRoom">True when it was cut off because uploads may take no more disk.</param>
internal sealed record ZipUpload(FileStream? Content, string? Name, bool IsTooLarge, bool HasNoRoom = false)
{
    /// <summary>Largest archive, in bytes: 512 MiB.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>What multipart adds around it at most, in bytes.</summary>
    public const long EnvelopeBytes = 64 * 1024;

    // RFC 2046, section 5.1.1. The reader throws at one that does not fit its buffer.
    private const int LongestBoundary = 70;

    private const string Field = "file";
    private const int BufferBytes = 80 * 1024;
    private const int MaxNameLength = 200;

    private static readonly ZipUpload None = new(null, null, IsTooLarge: false);

    /// <param name="request">Its body holds the archive.</param>
    /// <param name="share">Takes the disk that the archive needs.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TemporaryFolderFullException">The disk is full.</exception>
    public static async Task<ZipUpload> ReceiveAsync(HttpRequest request, UploadBudget.UploadShare share, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return None;
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var isZip = type.MediaType.Value is "application/zip" or "application/x-zip-compressed" or "application/octet-stream";
            return isZip ? await SaveAsync(request.Body, null, share, cancellationToken) : None;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is not { Length: > 0 and <= LongestBoundary } ? None : await ReceiveFieldAsync(new MultipartReader(boundary, request.Body), share, cancellationToken);
    }

    private static async Task<ZipUpload> ReceiveFieldAsync(MultipartReader parts, UploadBudget.UploadShare share, CancellationToken cancellationToken)
    {
        try
        {
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                    && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(Field, StringComparison.OrdinalIgnoreCase))
                {
                    return await SaveAsync(part.Body, FileName(disposition), share, cancellationToken);
                }
            }

            return None;
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not (BadHttpRequestException or TemporaryFolderFullException)))
        {
            // Boundaries that do not match, or a body that ends early.
            return None;
        }
    }

    private static string? FileName(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        name = name?[(name.LastIndexOfAny(['/', '\\']) + 1)..].Replace('\0', '\uFFFD');
        return string.IsNullOrWhiteSpace(name) ? null : Preview.Of(name, MaxNameLength);
    }

    private static async Task<ZipUpload> SaveAsync(Stream body, string? name, UploadBudget.UploadShare share, CancellationToken cancellationToken)
    {
        var file = TemporaryFile.Open();
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await body.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancellationToken)) > 0;)
            {
                if (file.Length + read > MaxBytes)
                {
                    await file.DisposeAsync();
                    return new ZipUpload(null, name, IsTooLarge: true);
                }

                if (!share.TryAddDisk(read))
                {
                    await file.DisposeAsync();
                    return new ZipUpload(null, name, IsTooLarge: false, HasNoRoom: true);
                }

                await TemporaryFile.WriteAsync(file, buffer.AsMemory(0, read), cancellationToken);
            }

            file.Position = 0;
            return new ZipUpload(file, name, IsTooLarge: false);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
