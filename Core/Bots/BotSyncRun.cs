using Platform.Contracts.Bots;
using Platform.Core.Access;
using Platform.Core.Authors;
using Platform.Core.Bots.Files;

namespace Platform.Core.Bots;

/// <summary>One synchronisation, decided in memory on rows that nobody else is changing.</summary>
internal sealed class BotSyncRun(
    IReadOnlyDictionary<string, Author> authors,
    IReadOnlyList<Bot> bots,
    IReadOnlyList<BotFile> files,
    DateTimeOffset now)
{
    private readonly Dictionary<string, Bot> _bots = bots.ToDictionary(bot => bot.Definition.Handle);
    private readonly Dictionary<string, BotFile> _files = files.ToDictionary(file => file.Path);
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _changed = [];
    private readonly List<string> _retired = [];
    private readonly List<string> _faulty = [];
    private readonly List<BotFileProblem> _problems = [];

    public List<Author> NewAuthors { get; } = [];

    public List<Bot> NewBots { get; } = [];

    public List<BotFile> NewFiles { get; } = [];

    public List<BotFile> ReadAgain { get; } = [];

    public List<BotFile> GoneFiles { get; } = [];

    public BotSyncResult Apply(BotCatalogueReading reading)
    {
        if (reading.FolderProblem is { } problem)
        {
            Note(new BotFileReading(problem.File, "", null, [problem], SharedLoaded: true), null, loaded: false);
            return Result();
        }

        var before = _bots.Values.Where(bot => bot.SourceFile is not null).ToDictionary(bot => bot.SourceFile ?? "", StringComparer.Ordinal);
        var incumbents = before.ToDictionary(item => item.Value.Definition.Handle, item => item.Key);
        foreach (var shared in reading.SharedFiles)
        {
            Note(shared, null, loaded: shared.SharedLoaded);
        }

        foreach (var file in BotClaims.Settle(reading.BotFiles, incumbents))
        {
            Apply(file, before.GetValueOrDefault(file.Path));
        }

        RetireAbsent(reading);
        GoneFiles.AddRange(files.Where(file => !_seen.Contains(file.Path)));
        return Result();
    }

    private BotSyncResult Result() => new(_changed, _retired, _faulty, _problems);

    private void Apply(BotFileReading file, Bot? inForce)
    {
        if (!file.SharedLoaded && inForce is not null && !IsInForce(inForce, file))
        {
            Wait(file, inForce);
        }
        else if (file.Definition is not { } definition)
        {
            Note(file, inForce, loaded: false);
        }
        else if (authors.TryGetValue(definition.Handle, out var author) && author.Kind is not AuthorKind.Bot)
        {
            Note(file.Refused($"The handle {definition.Handle} belongs to a person.", "Choose another handle."), inForce, loaded: false);
        }
        else
        {
            Note(file, PutInForce(definition, file.Path), loaded: true);
        }
    }

    private static bool IsInForce(Bot bot, BotFileReading file) =>
        file.Definition is { } definition && BotDefinitionJson.Hash(definition) == bot.DefinitionHash;

    /// <summary>Without its defaults a file's meaning is unknown: the active version stays until they are fixed.</summary>
    private void Wait(BotFileReading file, Bot inForce)
    {
        var known = _files.GetValueOrDefault(file.Path);
        if (known is { Loaded: true } && known.ContentHash == file.ContentHash)
        {
            Note(file with { Problems = [.. file.Problems.Where(problem => problem.Severity != BotFileSeverity.Error)] }, inForce, loaded: true);
            return;
        }

        var problem = new BotFileProblem(BotFileSeverity.Error, file.Path, null, null, "shared.yaml has errors, so this version is not active.", "Fix shared.yaml.");
        Note(file with { Problems = [.. file.Problems, problem] }, inForce, loaded: false);
    }

    private Bot PutInForce(BotDefinition definition, string path)
    {
        if (!_bots.TryGetValue(definition.Handle, out var bot))
        {
            bot = Create(definition);
        }

        if (bot.PutInForce(definition, path, now))
        {
            _changed.Add(definition.Handle);
        }

        if (authors.TryGetValue(definition.Handle, out var author))
        {
            author.DisplayName = definition.DisplayName;
        }

        return bot;
    }

    private Bot Create(BotDefinition definition)
    {
        var id = authors.TryGetValue(definition.Handle, out var author) ? author.Id : AuthorId.FromHandle(definition.Handle);
        if (author is null)
        {
            NewAuthors.Add(new Author
            {
                Id = id,
                TenantId = Tenant.Home,
                Kind = AuthorKind.Bot,
                Handle = definition.Handle,
                DisplayName = definition.DisplayName,
                CreatedAt = now,
            });
        }

        var bot = new Bot { AuthorId = id, TenantId = Tenant.Home, Definition = definition, CreatedAt = now };
        _bots.Add(definition.Handle, bot);
        NewBots.Add(bot);
        return bot;
    }

    private void RetireAbsent(BotCatalogueReading reading)
    {
        var present = reading.BotFiles.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var defined = _files.Values.Concat(NewFiles)
            .Where(file => file.BotId is not null && present.Contains(file.Path))
            .Select(file => file.BotId)
            .ToHashSet();
        foreach (var bot in _bots.Values.Where(bot => !defined.Contains(bot.AuthorId)))
        {
            if (bot.Retire(now))
            {
                _retired.Add(bot.Definition.Handle);
            }
        }
    }

    private void Note(BotFileReading reading, Bot? bot, bool loaded)
    {
        if (!_files.TryGetValue(reading.Path, out var file))
        {
            file = new BotFile { TenantId = Tenant.Home, Path = reading.Path };
            _files.Add(reading.Path, file);
            NewFiles.Add(file);
        }
        else
        {
            ReadAgain.Add(file);
        }

        file.BotId = bot?.AuthorId;
        file.Loaded = loaded;
        file.ContentHash = reading.ContentHash;
        file.Problems = reading.Problems;
        file.CheckedAt = now;
        _seen.Add(reading.Path);
        _problems.AddRange(reading.Problems);
        if (!loaded)
        {
            _faulty.Add(reading.Path);
        }
    }
}
