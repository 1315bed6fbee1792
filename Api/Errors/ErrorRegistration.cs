using Microsoft.AspNetCore.Http.Json;
using Platform.Contracts;

namespace Platform.Api.Errors;

/// <summary>Registers problem details and the wire's JSON conventions in the Api.</summary>
internal static class ErrorRegistration
{
    public static IHostApplicationBuilder AddErrors(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.Services.Configure<JsonOptions>(options => WireJson.Apply(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }
}
