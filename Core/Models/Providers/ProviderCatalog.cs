using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Core.Yaml;

namespace Platform.Core.Models.Providers;

/// <summary>
/// Which providers there are, from <c>shared.yaml</c> and the environment. It reads the file again on use, at most once a second:
/// an edit counts without a restart, and an invalid one leaves the last valid state active.
/// </summary>
public sealed partial class ProviderCatalog
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly IConfiguration _configuration;
    private readonly ModelRouter _router;
    private readonly IReadOnlyList<IModelProvider> _protocols;
    private readonly TimeProvider _time;
    private readonly ILogger<ProviderCatalog> _logger;
    private readonly bool _mayRehearse;
    private readonly ConfigFiles _files;
    private readonly string _path;
    private readonly Lock _lock = new();
    private ProviderSnapshot? _current;
    private IReadOnlyList<ProviderEntry> _entries = [];
    private IReadOnlyList<ConfigProblem> _fileProblems = [];
    private IReadOnlyList<ConfigProblem> _problems = [];
    private ConfigDocument? _document;
    private long _lookedAt;

    /// <summary>Reads nothing yet.</summary>
    internal ProviderCatalog(
        IConfiguration configuration,
        IHostEnvironment environment,
        IOptions<ModelOptions> options,
        ConfigFiles files,
        IReadOnlyList<IModelProvider> protocols,
        TimeProvider time,
        ILogger<ProviderCatalog> logger)
    {
        _router = new ModelRouter(protocols);
        _protocols = protocols;
        _files = files;
        _configuration = configuration;
        _time = time;
        _logger = logger;
        _mayRehearse = environment.IsDevelopment();
        _path = options.Value.SharedFile?.Trim() is { Length: > 0 } named
            ? Locate(environment.ContentRootPath, named)
            : Path.Combine(ConfigFolder.Locate(configuration, environment.ContentRootPath), ConfigFolder.SharedFile);
    }

    /// <summary>What is configured now, in order of precedence.</summary>
    public IReadOnlyList<ModelProvider> Providers => Look().Snapshot.Providers;

    /// <summary>What is wrong now; while the file is invalid, its last valid version is used.</summary>
    public IReadOnlyList<ConfigProblem> Problems => Look().Problems;

    /// <summary>Returns the provider of <paramref name="model"/>, without a network call.</summary>
    public ProviderChoice Choose(string model) => _router.Choose(model.Trim(), Look().Snapshot, _mayRehearse);

    private (ProviderSnapshot Snapshot, IReadOnlyList<ConfigProblem> Problems) Look()
    {
        lock (_lock)
        {
            if (_current is null || _time.GetElapsedTime(_lookedAt) >= LookInterval)
            {
                _lookedAt = _time.GetTimestamp();
                var failure = ReadFile();
                _current = ProviderSnapshot.Build(_path, _entries, _protocols, _configuration);
                Report([.. (failure is null ? _fileProblems : [failure]).Union(_current.Problems)]);
            }

            return (_current, _problems);
        }
    }

    /// <returns>Why the file could not be read at all; null when it could.</returns>
    private ConfigProblem? ReadFile()
    {
        var document = _files.Read(Path.GetDirectoryName(_path) ?? "", Path.GetFileName(_path));
        if (document.IsAbsent && _document is { IsAbsent: false, IsEmpty: false })
        {
            return new ConfigProblem(true, _path, null, null, null, "The file is missing; its last valid version is used until it is back.", "");
        }

        if (document is { Hash: "", Problems: [var unreadable, ..] })
        {
            return unreadable with { File = _path, Message = $"{unreadable.Message} The last valid version is used." };
        }

        if (document.Hash == _document?.Hash)
        {
            return null;
        }

        _document = document;
        var file = new ProviderFile(_path, document);
        var resolved = ProviderSnapshot.Build(_path, file.Entries, _protocols, _configuration);
        _fileProblems = [.. file.Problems, .. resolved.Problems.Where(problem => problem.Line is not null)];
        // Without an earlier valid version, the valid providers of the file are used.
        if (!_fileProblems.Any(problem => problem.IsError) || _entries.Count == 0)
        {
            _entries = file.Entries;
            LogLoaded(_path, _entries.Count);
        }

        return null;
    }

    private void Report(IReadOnlyList<ConfigProblem> problems)
    {
        foreach (var problem in problems.Except(_problems))
        {
            LogProblem(problem.ToString());
        }

        _problems = problems;
    }

    /// <summary>A host may start in its project folder, while the file lies at the top of the repository.</summary>
    private static string Locate(string contentRoot, string file)
    {
        var here = Path.GetFullPath(file, contentRoot);
        for (var folder = new DirectoryInfo(contentRoot); folder is not null && !Path.IsPathRooted(file); folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, file);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return here;
    }

    [LoggerMessage(LogLevel.Information, "Read {Count} providers from {Path}")]
    private partial void LogLoaded(string path, int count);

    [LoggerMessage(LogLevel.Warning, "Provider settings: {Problem}")]
    private partial void LogProblem(string problem);
}
