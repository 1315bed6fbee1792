using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Api.Errors;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Imports;

namespace Platform.Api.Features.Traces.Imports;

/// <summary>What all uploads of this process take together: their number, their disk, and the memory of their archives' directories.</summary>
internal sealed class UploadBudget(IOptions<ImportOptions> options) : IDisposable
{
    private const int RetryAfterSeconds = 30;

    private readonly Lock _gate = new();
    private readonly long _directoryBytes = options.Value.AllowedMemoryBytes;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private int _uploads;
    private long _diskUsed;
    private long _directoriesUsed;

    /// <summary>Largest disk use of all uploads together, in bytes.</summary>
    public long DiskBytes => options.Value.UploadBytes;

    /// <summary>Lets an upload begin.</summary>
    /// <returns>Null when as many run as may.</returns>
    public UploadShare? TryBegin()
    {
        lock (_gate)
        {
            if (_uploads >= options.Value.Uploads)
            {
                return null;
            }

            _uploads++;
            return new UploadShare(this);
        }
    }

    /// <summary>The answer to an upload that may not begin.</summary>
    public ProblemHttpResult TooMany(HttpResponse response) => Later(
        response, StatusCodes.Status429TooManyRequests, "too-many-uploads", "Too many uploads at once",
        $"{options.Value.Uploads} uploads are running, which is the limit (Imports:Uploads). Send it again when one of them has ended.");

    /// <summary>The answer to an upload that needs more room than is left.</summary>
    /// <param name="share">The upload's.</param>
    /// <param name="what">What it needs room for.</param>
    /// <param name="neededBytes">How much that is with what it has; null when it is not known yet.</param>
    /// <param name="response">Says when to try again, if others hold the room.</param>
    public ProblemHttpResult NoRoom(UploadShare share, string what, long? neededBytes, HttpResponse response)
    {
        var needed = neededBytes is { } bytes ? $"{bytes} bytes of disk space" : "more disk space";
        var bound = $"It needs {needed} {what}; all uploads together may use {DiskBytes} bytes (Imports:UploadBytes).";
        return IsAlone(share) || neededBytes > DiskBytes
            ? Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The archive is too large", $"{bound} Import it with 'worker traces import', or in smaller parts.")
            : Later(response, StatusCodes.Status503ServiceUnavailable, "uploads-busy", "Not enough disk space for this upload", $"{bound} Other uploads are using part of it. Send it again when they have ended.");
    }

    /// <summary>Opens an upload's archive, one at a time: how much memory its directory takes shows only then.</summary>
    /// <param name="content">Disposed with the tree, or when it is refused.</param>
    /// <param name="share">Takes what the archive needs.</param>
    /// <param name="response">Says when to try again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The tree, or why there is none.</returns>
    public async Task<(ILogTree? Tree, ProblemHttpResult? Refusal)> OpenAsync(
        FileStream content, UploadShare share, HttpResponse response, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            var opening = LogTrees.OpenZip(content);
            if (opening.Tree is not ZipLogTree tree)
            {
                return (null, Problems.Of(StatusCodes.Status400BadRequest, "not-a-zip", "The archive cannot be imported", $"{opening.Refusal} {ImportEndpoints.HowTo}"));
            }

            var refusal = !share.TryAddDirectory(tree.DirectoryBytes) ? NoMemory(tree, response)
                : !share.TryAddDisk(tree.UnpackedBytes) ? NoRoom(share, "with its index and streaming metrics uncompressed", share.Disk + tree.UnpackedBytes, response)
                : null;
            if (refusal is not null)
            {
                tree.Dispose();
            }

            return (refusal is null ? tree : null, refusal);
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();

    /// <summary>The answer to an archive with so many files that their names do not fit beside those of the others.</summary>
    private ProblemHttpResult NoMemory(ZipLogTree tree, HttpResponse response) => Later(
        response, StatusCodes.Status503ServiceUnavailable, "uploads-busy", "Not enough memory for this upload",
        $"The list of its files needs {tree.DirectoryBytes} bytes of memory; those of all uploads together may use {_directoryBytes} bytes (Imports:MemoryBytes). Send it again when the others have ended.");

    private static ProblemHttpResult Later(HttpResponse response, int status, string type, string title, string detail)
    {
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(status, type, title, detail);
    }

    private bool IsAlone(UploadShare share)
    {
        lock (_gate)
        {
            return _diskUsed <= share.Disk;
        }
    }

    /// <summary>What one upload holds; disposed at the end of its import.</summary>
    internal sealed class UploadShare(UploadBudget budget) : IDisposable
    {
        private long _directory;
        private bool _disposed;

        /// <summary>Bytes of disk that it holds.</summary>
        public long Disk { get; private set; }

        /// <summary>Takes more disk.</summary>
        /// <returns>False when there is not so much left; it has what it had.</returns>
        public bool TryAddDisk(long bytes)
        {
            lock (budget._gate)
            {
                if (bytes > budget.DiskBytes - budget._diskUsed)
                {
                    return false;
                }

                budget._diskUsed += bytes;
                Disk += bytes;
                return true;
            }
        }

        /// <summary>Takes memory for an archive's directory; the only one may be as large as it is.</summary>
        public bool TryAddDirectory(long bytes)
        {
            lock (budget._gate)
            {
                if (budget._directoriesUsed > 0 && bytes > budget._directoryBytes - budget._directoriesUsed)
                {
                    return false;
                }

                budget._directoriesUsed += bytes;
                _directory += bytes;
                return true;
            }
        }

        /// <summary>Gives all that it holds to another owner, who disposes it.</summary>
        public UploadShare PassOn()
        {
            lock (budget._gate)
            {
                _disposed = true;
                return new UploadShare(budget) { Disk = Disk, _directory = _directory };
            }
        }

        public void Dispose()
        {
            lock (budget._gate)
            {
                if (!_disposed)
                {
                    _disposed = true;
                    budget._uploads--;
                    budget._diskUsed -= Disk;
                    budget._directoriesUsed -= _directory;
                }
            }
        }
    }
}
