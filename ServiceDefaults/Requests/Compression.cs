using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Access;

namespace Platform.ServiceDefaults.Requests;

/// <summary>Compresses pages, styles, scripts and JSON with Brotli, else gzip, as the client accepts. Event streams and downloads of other types stay as they are.</summary>
public static class Compression
{
    // A list, so that a new type of stream is not compressed by accident.
    private static readonly string[] Types =
    [
        "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "application/problem+json",
    ];

    /// <summary>Adds the compression that <see cref="UseCompression"/> applies.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    /// <summary>
    /// Compresses responses. Call it after the exception handler: an error page must not follow the compressed part of a failed response. Requests that a
    /// page of another site made are answered uncompressed: such a page could guess secrets from the length of compressed responses (BREACH, CVE-2013-3587).
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => RequestSite.Of(context.Request) is not RequestSite.Kind.Foreign, own => own.UseResponseCompression());
}
