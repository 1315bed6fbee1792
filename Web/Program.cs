using Platform.Web.Features.Access;
using Platform.Web.Features.Traces;
using Platform.Web.Shell;
using Platform.Web.Upstream;

var builder = WebApplication.CreateBuilder(args);
var api = ApiAddress.From(builder.Configuration);

builder.AddAccess();
builder.Services.AddHttpContextAccessor();
builder.Services.AddRazorComponents();
builder.Services.AddProblemDetails();
builder.Services.AddSingleton<ForwarderConnection>();
builder.Services.AddHttpClient<ApiClient>(client => client.BaseAddress = api);
builder.Services.AddExceptionHandler<ApiFailureHandler>();
builder.Services.AddHealthChecks().AddCheck<ApiReadinessCheck>("api", tags: ["ready"]);

var app = builder.Build();

app.UseSecurityHeaders();
app.UseExceptionHandler(FailureDocument.UnexpectedFailure);
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>();
app.MapAccess();
app.MapTheme();
app.MapTraceDocument();
app.MapApiForwarder();
app.MapFallback(FailureDocument.NotThere);

app.Run();
