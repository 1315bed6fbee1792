using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Platform.Contracts;
using Platform.Contracts.Conversations;
using Platform.Tests.Chaos.History;

namespace Platform.Tests.Chaos;

/// <summary>
/// People who post in their conversations without waiting for the answers, one of them with the stream open, and a log of what they were told.
/// A post that is refused or not answered is no promise; it may be stored all the same.
/// </summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    /// <summary>Between the posts of one person: slower than answers come, so that no queue builds up while all is well.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many unanswered posts of a conversation its person looks at before waiting; a run of hours would pile up thousands.
    /// While something is disturbed nobody looks: what is to be seen then may be that posts are refused.
    /// </summary>
    private const long Unanswered = 25;

    private readonly TestPlatform _platform;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _unfollowing;
    private readonly ConcurrentQueue<AcknowledgedPost> _posts = new();
    private readonly ConcurrentQueue<Disturbance> _disturbances = new();
    private readonly ConcurrentQueue<long> _seen = new();
    private readonly Guid[] _conversations;
    private readonly Task _posting;
    private readonly Task _following;
    private int _refused;
    private volatile bool _disturbed;

    private ChaosLoad(TestPlatform platform, Guid[] conversations, CancellationToken cancellationToken)
    {
        this._platform = platform;
        this._conversations = conversations;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _unfollowing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _posting = Task.WhenAll(conversations.Select(PostAsync));
        _following = FollowAsync(conversations[0]);
    }

    public IReadOnlyCollection<Guid> Conversations => _conversations;

    public IReadOnlyList<AcknowledgedPost> Posts => [.. _posts];

    public IReadOnlyList<Disturbance> Disturbances => [.. _disturbances];

    /// <summary>Posts that were answered otherwise, or not at all.</summary>
    public int Refused => _refused;

    public static async Task<ChaosLoad> StartAsync(TestPlatform platform, CancellationToken cancellationToken, int people = 6)
    {
        var conversations = new Guid[people];
        for (var number = 0; number < people; number++)
        {
            conversations[number] = Guid.Parse((await platform.ConverseAsync("talker", cancellationToken)).Id);
        }

        var load = new ChaosLoad(platform, conversations, cancellationToken);
        await load.GoesOnAsync();
        return load;
    }

    /// <summary>Waits until a number of further posts was acknowledged: the load is under way, or again.</summary>
    public async Task GoesOnAsync(int further = 12)
    {
        var before = _posts.Count;
        await Eventually.TrueAsync(() => _posts.Count >= before + further, ChaosPlatform.Quiet, $"{further} further posts are acknowledged");
    }

    /// <summary>Breaks something and notes when.</summary>
    public async Task DisturbAsync(Func<Task> disturb)
    {
        var from = TimeProvider.System.GetUtcNow();
        _disturbed = true;
        try
        {
            await disturb();
        }
        finally
        {
            _disturbed = false;
        }

        _disturbances.Enqueue(new Disturbance(from, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Ends the posting; the follower stays.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _posting;
    }

    /// <summary>Ends all of it, also after a failure: the next scenario has the platform to itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _unfollowing.CancelAsync();
        await _following;
        _stopping.Dispose();
        _unfollowing.Dispose();
    }

    /// <summary>What the follower saw, once it saw the conversation's last answer.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<long>>> FollowedAsync()
    {
        var followed = _conversations[0];
        var last = await _platform.Database.ScalarAsync<long>(
            $"select coalesce(max(sequence), 0) from messages where channel_id = '{followed}' and role = 'assistant'", CancellationToken.None);
        await Eventually.TrueAsync(() => last == 0 || _seen.Contains(last), ChaosPlatform.Quiet, $"the follower sees answer {last}");
        await _unfollowing.CancelAsync();
        await _following;
        return new Dictionary<Guid, IReadOnlyList<long>> { [followed] = [.. _seen] };
    }

    private async Task PostAsync(Guid conversation)
    {
        for (var number = 1; !_stopping.IsCancellationRequested; number++)
        {
            while (number % 5 == 0 && !_disturbed && await UnansweredAsync(conversation) > Unanswered)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), _stopping.Token));
            }

            await TryPostAsync(conversation, number);
            await Task.WhenAny(Task.Delay(Pause, _stopping.Token));
        }
    }

    /// <summary>Counts what waits or runs in a conversation; none while Postgres, which may be what is disturbed, does not say.</summary>
    private async Task<long> UnansweredAsync(Guid conversation)
    {
        try
        {
            return await _platform.Database.ScalarAsync<long>(
                $"select count(*) from activations where channel_id = '{conversation}' and state in ('queued', 'running')", _stopping.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return 0;
        }
    }

    private async Task TryPostAsync(Guid conversation, int number)
    {
        using var patience = new CancellationTokenSource(AnswerPatience);
        try
        {
            using var response = await _platform.Client.PostAsJsonAsync(
                $"/api/v1/conversations/{conversation}/messages", new PostMessageRequest($"Question {number}"), WireJson.Options, patience.Token);
            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync<PostMessageResponse>(WireJson.Options, patience.Token) is { } posted)
            {
                _posts.Enqueue(new AcknowledgedPost(conversation, Guid.Parse(posted.ActivationId), posted.Sequence));
                return;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            // No answer: nothing was promised.
        }

        Interlocked.Increment(ref _refused);
    }

    /// <summary>Follows as a browser does: reconnects with the id of the last event.</summary>
    private async Task FollowAsync(Guid conversation)
    {
        var lastId = "0";
        while (!_unfollowing.IsCancellationRequested)
        {
            try
            {
                using var stream = await _platform.OpenStreamAsync($"{conversation}", lastId, _unfollowing.Token);
                if (!stream.IsSuccessStatusCode)
                {
                    await Task.Delay(Pause, _unfollowing.Token);
                    continue;
                }

                await foreach (var record in SseReader.ReadAsync(stream, _unfollowing.Token))
                {
                    lastId = record.Id ?? lastId;
                    Note(record);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
            {
                await Task.WhenAny(Task.Delay(Pause, _unfollowing.Token));
            }
        }
    }

    private void Note(SseRecord record)
    {
        if (record.Event is not (StreamEvents.Message or StreamEvents.MessageComplete))
        {
            return;
        }

        var message = JsonElement.Parse(record.Data).GetProperty("message");
        if (message.GetProperty("role").GetString() == "assistant")
        {
            _seen.Enqueue(message.GetProperty("sequence").GetInt64());
        }
    }
}
