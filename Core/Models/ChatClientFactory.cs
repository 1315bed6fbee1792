using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Platform.Core.Models.OpenAi;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Rehearsal;

namespace Platform.Core.Models;

/// <summary>Makes the client for one call. The connections behind it are shared and have no resilience handler: a model call is never repeated unseen.</summary>
internal sealed class ChatClientFactory(IOptions<ModelOptions> options, IOptions<RehearsalOptions> rehearsal, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = options.Value.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A redirect would carry the key to another host.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public IChatClient Create(ModelProvider provider, ModelRequest request, string model, BodyCapture bodies) => provider.Kind switch
    {
        ProviderKind.Rehearsal => new RehearsalChatClient(request.Persona, rehearsal.Value.TokensPerSecond, bodies, time),
        _ => new OpenAiChatClient(provider, model, request.Mode is ModelMode.BaseModel, bodies, _http, time),
    };

    public void Dispose() => _http.Dispose();
}
