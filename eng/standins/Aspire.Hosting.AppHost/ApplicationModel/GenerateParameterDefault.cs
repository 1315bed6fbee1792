using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random default.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";

    /// <summary>Characters; the value has exactly this many.</summary>
    public int MinLength { get; set; } = 22;

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public override string GetDefaultValue()
    {
        var alphabet = (Lower ? LowerLetters : string.Empty)
            + (Upper ? LowerLetters.ToUpperInvariant() : string.Empty)
            + (Numeric ? Digits : string.Empty)
            + (Special ? Specials : string.Empty);
        return RandomNumberGenerator.GetString(alphabet, MinLength);
    }

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteStartObject("generate");
        context.Writer.WriteNumber("minLength", MinLength);
        WriteIfOff("lower", Lower);
        WriteIfOff("upper", Upper);
        WriteIfOff("numeric", Numeric);
        WriteIfOff("special", Special);
        context.Writer.WriteEndObject();

        void WriteIfOff(string name, bool value)
        {
            if (!value)
            {
                context.Writer.WriteBoolean(name, value);
            }
        }
    }
}
