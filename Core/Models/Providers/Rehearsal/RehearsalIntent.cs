namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>What the last speaker seems to want.</summary>
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
