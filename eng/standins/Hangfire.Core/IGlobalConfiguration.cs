namespace Hangfire;

/// <summary>What <c>AddHangfire</c> configures; its methods are extensions.</summary>
public interface IGlobalConfiguration;
