using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Bodies;

/// <summary>A request or response body as it is shown: formatted, as JSON or raw.</summary>
public sealed class ShownBody
{
    /// <summary>Maximum characters to read; the download has no limit.</summary>
    private const int Limit = 2_000_000;

    /// <summary>Maximum characters of plain text on a page.</summary>
    private const int TextLimit = 1_000_000;

    private ShownBody(ApiBody body, string? view)
    {
        Content = BodyReader.Read(body.Text);
        IsTruncated = body.IsTruncated;
        try
        {
            using var document = JsonDocument.Parse(LoneSurrogates.Repair(Encoding.UTF8.GetBytes(body.Text)));
            CanBeJson = true;
            Form = FormOf(view);
            if (Form is BodyForm.Json)
            {
                Folded = JsonFold.Write(document.RootElement);
                Text = Folded is null ? Json.Indent(document.RootElement) : "";
            }
        }
        catch (JsonException)
        {
            CanBeJson = false;
            Form = FormOf(view);
        }

        if (Form is BodyForm.Raw)
        {
            Text = view is "raw" ? body.Text : EventText.Indent(body.Text);
        }

        if (Text.Length > TextLimit)
        {
            (Text, IsTruncated) = (Text[..TextLimit], true);
        }
    }

    /// <summary>How it is shown.</summary>
    internal BodyForm Form { get; }

    /// <summary>Null when it is neither a request nor a response.</summary>
    public BodyContent? Content { get; }

    /// <summary>Whether it is JSON.</summary>
    public bool CanBeJson { get; }

    /// <summary>JSON with folds; null in other forms, and when it has too many values for a browser.</summary>
    public MarkupString? Folded { get; }

    /// <summary>Plain text; empty when it is shown formatted or folded.</summary>
    public string Text { get; } = "";

    /// <summary>Whether its end is missing.</summary>
    public bool IsTruncated { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="api">The API.</param>
    /// <param name="source">The body; null when the call has none.</param>
    /// <param name="view"><c>json</c>, <c>raw</c> or null, as in the address.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null when it is not stored.</returns>
    internal static async Task<ShownBody?> ReadAsync(ApiClient api, CallBodyResponse? source, string? view, CancellationToken cancellationToken) =>
        // A character has at least one byte, so the size in bytes is enough.
        source is { Url: { } url, SizeBytes: { } size } && await api.FindBodyAsync(url, (int)Math.Min(Limit, size), cancellationToken) is { } body
            ? new ShownBody(body, view)
            : null;

    private BodyForm FormOf(string? view) => view switch
    {
        "raw" => BodyForm.Raw,
        "json" when CanBeJson => BodyForm.Json,
        _ => Content is not null ? BodyForm.Formatted : CanBeJson ? BodyForm.Json : BodyForm.Raw,
    };
}
