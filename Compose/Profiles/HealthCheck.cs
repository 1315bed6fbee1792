namespace Platform.Compose.Profiles;

/// <summary>How it is asked whether a service works. Durations are as compose reads them, such as <c>10s</c>.</summary>
/// <param name="Test">The command, its first word <c>CMD</c> or <c>CMD-SHELL</c>.</param>
/// <param name="Interval">From one question to the next, and before the first.</param>
/// <param name="Timeout">The longest that an answer may take.</param>
/// <param name="Retries">Failures in a row that make it unhealthy.</param>
/// <param name="StartPeriod">How long failures do not count at the start.</param>
internal sealed record HealthCheck(IReadOnlyList<string> Test, string Interval, string Timeout, int Retries, string StartPeriod)
{
    public static HealthCheck Read(ProfileMap yaml)
    {
        var check = new HealthCheck(
            yaml.Texts("test") ?? throw yaml.Wrong("test is missing"),
            yaml.RequiredText("interval"),
            yaml.RequiredText("timeout"),
            yaml.Number("retries") ?? throw yaml.Wrong("retries is missing"),
            yaml.RequiredText("start_period"));
        yaml.End();
        return check;
    }
}
