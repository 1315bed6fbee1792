namespace Aspire.Hosting.Running;

/// <summary>Settings of a run without containers (eng/README.md).</summary>
internal static class RunSettings
{
    /// <summary>The folder for databases and run state; relative to the working directory. Also on the command line, as <c>--data</c>.</summary>
    public const string DataDirectoryKey = "PLATFORM_DATA_DIR";

    /// <summary>How long a process may take to stop by itself; the hosts drain for up to 30 s.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(32);

    /// <summary>How often health is asked for while something starts.</summary>
    public static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one health question may take.</summary>
    public static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After this time a resource that is not healthy yet is mentioned, and again each time it has passed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
}
