using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>One of the processes that a resource runs as.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Index">From 0; an endpoint has a port for each index.</param>
/// <param name="Name">The resource's name; with a number from 1 behind it if there are several processes.</param>
internal sealed record Replica(IResource Resource, int Index, string Name)
{
    /// <summary>As many as <c>WithReplicas</c> said last, else one.</summary>
    public static IReadOnlyList<Replica> Of(IResource resource)
    {
        var count = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        return count == 1
            ? [new Replica(resource, 0, resource.Name)]
            : [.. Enumerable.Range(0, count).Select(index => new Replica(resource, index, string.Create(CultureInfo.InvariantCulture, $"{resource.Name}-{index + 1}")))];
    }
}
