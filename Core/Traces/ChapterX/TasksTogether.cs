namespace Platform.Core.Traces.ChapterX;

/// <summary>Tasks that are of no use without each other, such as who reads and who writes.</summary>
internal static class TasksTogether
{
    /// <summary>Begins all and waits for all; the first that fails stops the others, and its failure is thrown.</summary>
    /// <param name="parts">Each ends when its token is cancelled.</param>
    /// <param name="cancellationToken">Stops all.</param>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> parts, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = parts.Select(part => part(stop.Token)).ToList();
        Task? failed = null;
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left);
            left.Remove(ended);
            if (!ended.IsCompletedSuccessfully && failed is null)
            {
                failed = ended;
                await stop.CancelAsync();
            }
        }

        await (failed ?? Task.CompletedTask);
    }
}
