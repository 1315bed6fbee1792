using Platform.Compose.Profiles;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>What no container may do (CIS Docker Benchmark, chapter 5). It holds for every service; no profile can turn it off.</summary>
internal static class Hardening
{
    public static void Add(Dictionary<string, YamlNode?> keys, ServiceProfile run)
    {
        keys["cap_drop"] = Scalars.List(["ALL"]);
        keys["cap_add"] = Scalars.List(run.AddedCapabilities);
        keys["security_opt"] = Scalars.List(["no-new-privileges:true"]);
        keys["read_only"] = Scalars.Plain("true");
        keys["init"] = Scalars.Plain("true");
        keys["pids_limit"] = Scalars.Number(run.Pids);
    }
}
