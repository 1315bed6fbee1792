using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Startup;
using Platform.Web.Features.Access;
using Platform.Web.Features.Activations;
using Platform.Web.Features.Traces.Imports;
using Platform.Web.Features.Traces;
using Platform.Web.Shell;
using Platform.Web.Upstream;

if (await HostArguments.TryAnswerAsync(args, new HostUsage("Web", "The platform's dashboard.")) is { } usageCode)
{
    return usageCode;
}

if (await HealthCommand.TryRunAsync(args) is { } healthCode)
{
    return healthCode;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("web");
builder.AddUpstream();
builder.AddAccess();
builder.AddShell();

var app = builder.Build();
app.UseHeadRequests();
app.UseRouting();
app.UseServiceDefaults(PagePolicy.Text);
app.UseRelativeRedirects();
app.UseExceptionHandler(ErrorPage.UnexpectedError);
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.UseFormCheck();

app.MapServiceDefaults();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>();
app.MapAccess();
app.MapTheme();
app.MapTraceDocument();
app.MapComparePick();
app.MapActivation();
app.MapImportUpload();
app.MapApiForwarder();
app.MapFallback(ErrorPage.NotFound);

await app.RunAsync();
return 0;
