using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Activations.Queue;

/// <summary>A model call of a deferred activation's earlier try, kept until its trace takes it in.</summary>
public sealed class DeferredCall
{
    public required Guid ActivationId { get; init; }

    /// <summary>From 0, in the order called.</summary>
    public required int Position { get; init; }

    /// <summary>The call with its raw bodies, as JSON compressed with Brotli; see <see cref="DeferredCallContent"/>.</summary>
    public required byte[] Content { get; init; }
}

internal sealed class DeferredCallConfiguration : IEntityTypeConfiguration<DeferredCall>
{
    public void Configure(EntityTypeBuilder<DeferredCall> builder)
    {
        builder.ToTable("deferred_calls");
        builder.HasKey(call => new { call.ActivationId, call.Position });
    }
}
