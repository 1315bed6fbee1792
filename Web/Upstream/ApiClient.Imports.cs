using Platform.Contracts.Traces.Imports;

namespace Platform.Web.Upstream;

/// <content>Imports.</content>
internal sealed partial class ApiClient
{
    public Task<ImportRunList> GetImportsAsync(int limit, CancellationToken cancellationToken) =>
        GetAsync<ImportRunList>($"/api/v1/traces/imports?limit={limit}", cancellationToken);
}
