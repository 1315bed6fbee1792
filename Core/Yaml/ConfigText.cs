using System.Security.Cryptography;
using System.Text;
using Platform.Core.Files;

namespace Platform.Core.Yaml;

/// <summary>The text of a file in the config folder, or the reason why there is none.</summary>
internal static class ConfigText
{
    /// <summary>No file may be larger, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file that <paramref name="problems"/> is about.</summary>
    /// <param name="folder">The config folder.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The text and the SHA-256 of its bytes in hex; a null text when it cannot be used.</returns>
    public static (string? Text, string Hash) Read(string folder, ConfigProblems problems)
    {
        if (ReadBytes(folder, problems) is not { } bytes)
        {
            return (null, "");
        }

        return (Decode(bytes, problems), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static byte[]? ReadBytes(string folder, ConfigProblems problems)
    {
        var path = Path.Combine(folder, problems.File);
        if (RegularFile.OtherKind(path) is { } kind)
        {
            problems.Error(null, null, $"This is {kind}, not a regular file; it is not read.", "Put a regular file in its place, or remove it.");
            return null;
        }

        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
            {
                return buffer[..length];
            }

            problems.Error(null, null, $"The file is larger than {MaxBytes / 1024} KiB.", "Move long texts to a file of their own and name it in system_prompt_file.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            problems.Error(null, null, "The file does not exist.", "Create it, or correct its name.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error(null, null, "The file cannot be read.", "Give the platform's user the right to read it.");
        }

        return null;
    }

    private static string? Decode(byte[] bytes, ConfigProblems problems)
    {
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            var text = Strict.GetString(bytes, start, bytes.Length - start);
            if (text.IndexOf('\0', StringComparison.Ordinal) is var at and >= 0)
            {
                problems.Error(new ConfigPlace(1 + text.AsSpan(0, at).Count('\n'), 1), null, "The file holds U+0000, which cannot be stored.", "Remove this character, and save the file as UTF-8 text.");
                return null;
            }

            return text;
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + bytes.AsSpan(0, start + Math.Max(0, exception.Index)).Count((byte)'\n');
            problems.Error(new ConfigPlace(line, 1), null, "The file is not valid UTF-8.", "Save it with the encoding UTF-8.");
            return null;
        }
    }
}
