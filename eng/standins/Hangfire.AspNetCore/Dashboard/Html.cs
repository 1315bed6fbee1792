using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Hangfire.Dashboard;

/// <summary>Markup under construction: what is put into the holes of an interpolated string is encoded, unless it is markup itself.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public Html Add(FormattableString markup)
    {
        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Encode)]);
        return this;
    }

    public override string ToString() => _text.ToString();

    public static Html Of(FormattableString markup) => new Html().Add(markup);

    public static Html Join<T>(IEnumerable<T> items, Func<T, Html> show)
    {
        var all = new Html();
        foreach (var item in items)
        {
            all._text.Append(show(item));
        }

        return all;
    }

    private static object Encode(object? value) => value switch
    {
        null => "",
        Html html => html.ToString(),
        DateTime instant => $"{instant:yyyy-MM-dd HH:mm:ss} UTC",
        _ => HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
