using System.Net;
using Microsoft.Extensions.Options;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;
using Platform.ServiceDefaults.Outgoing;

namespace Platform.Worker.Features.Outbox;

/// <summary>Registers the relay in the worker; who delivers what is registered by each kind's feature.</summary>
internal static class OutboxRegistration
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<OutboxQueue>();
        builder.Services.AddSingleton<OutboxReader>();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<OutboxOptions>>().Value.Pauses);
        builder.Services.AddSingleton<DeliveryRecorder>();
        builder.Services.AddSingleton<DeliveryLeases>();
        builder.Services.AddSingleton<OutboxTelemetry>();
        builder.Services.AddSingleton<Delivery>();
        builder.AddHttpDelivery();
        builder.Services.AddHostedService<OutboxRelay>();
        builder.Services.AddHostedService<OutboxWatch>();
        return builder;
    }

    private static void AddHttpDelivery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HttpDelivery>();
        builder.Services.AddTransient<ProxiedAddressCheck>();
        builder.Services.AddHttpClient(HttpDelivery.ClientName, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("Platform-Webhooks/1"))
            .WithoutResilience()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = ConnectionLifetime,
                ConnectCallback = (context, token) => OutgoingAddress.ConnectAsync(context.DnsEndPoint, token),
            })
            .AddHttpMessageHandler<ProxiedAddressCheck>()
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
    }
}
