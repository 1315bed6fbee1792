using System.Data.Common;
using Quartz.Impl.AdoJobStore.Common;

namespace Hangfire.PostgreSql.Scheduling;

/// <summary>Gives Quartz the connections of the application's factory.</summary>
internal sealed class FactoryDbProvider(IConnectionFactory factory) : DbProvider("Npgsql", "Host=given-by-factory")
{
    public override DbConnection CreateConnection() => factory.GetOrCreateConnection();
}
