namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>The intent of the last message.</summary>
internal enum RehearsalIntent
{
    Statement,
    Greeting,
    Thanks,
    Farewell,
    AskSelf,
    AskWhy,
    AskHow,
    AskWhat,
    AskYesNo,
    Wish,
    Sorrow,
    Joy,
    Nod,
}
