using Aspire.Hosting;

namespace Platform.Tests.AppHost;

/// <summary>What the build writes into the namespace <c>Projects</c> for an AppHost, for the projects of a <see cref="ManifestSolution"/>.</summary>
internal static class ManifestProjects
{
    internal sealed class Api : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Api");
    }

    internal sealed class Worker : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Worker");
    }

    internal sealed class Web : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Web");
    }

    internal sealed class SmokeApi : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Smoke.Api");
    }

    internal sealed class SmokeWorker : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Smoke.Worker");
    }

    internal sealed class SmokeWeb : IProjectMetadata
    {
        public string ProjectPath => ManifestSolution.PathOfProject("Smoke.Web");
    }
}
