using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces;

/// <summary>Answers with a stored document or body, byte for byte, while it is read: it may be larger than memory.</summary>
internal static class StoredAnswer
{
    private const int FirstBytes = 4096;

    /// <param name="content">Disposed once it is sent.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="response">Gets its length, so that a client notices when the answer is cut off.</param>
    /// <param name="fileName">What a browser saves it as; null to show it.</param>
    public static FileStreamHttpResult Of(StoredContent content, string type, HttpResponse response, string? fileName = null)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = content.SizeBytes;
        return TypedResults.Stream(content.Content, type, fileName);
    }

    /// <summary>As <see cref="Of"/>, with the content type that the first bytes show.</summary>
    public static async Task<FileStreamHttpResult> OfBodyAsync(StoredContent body, HttpResponse response, CancellationToken cancellationToken)
    {
        var first = new byte[Math.Min(FirstBytes, body.SizeBytes)];
        var read = await body.Content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        var whole = new StoredContent(body.SizeBytes, new BegunStream(first.AsMemory(0, read), body.Content));
        return Of(whole, BodyContentType.Of(first.AsSpan(0, read), isWhole: read == body.SizeBytes), response);
    }
}
