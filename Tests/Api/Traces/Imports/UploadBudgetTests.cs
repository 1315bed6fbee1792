using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Api.Features.Traces.Imports;
using Platform.Core.Traces.Imports;

namespace Platform.Tests.Api.Traces.Imports;

public sealed class UploadBudgetTests : IDisposable
{
    private readonly UploadBudget _budget = new(Options.Create(new ImportOptions { Uploads = 2, UploadBytes = 100, MemoryBytes = 1000 }));
    private readonly HttpResponse _response = new DefaultHttpContext().Response;

    [Fact]
    public void Begin_MoreThanMayRun_IsRefusedUntilOneEnds()
    {
        var (first, _) = BeginTwo();

        Assert.Null(_budget.TryBegin());
        AssertRefusal(_budget.TooMany(_response), StatusCodes.Status429TooManyRequests, "Imports:Uploads", isTemporary: true);

        first.Dispose();
        Assert.NotNull(_budget.TryBegin());
    }

    [Fact]
    public void AddDisk_MoreThanIsLeft_IsRefusedUntilOthersEnd()
    {
        var (first, second) = BeginTwo();

        Assert.True(first.TryAddDisk(60));
        Assert.True(second.TryAddDisk(40));
        Assert.False(second.TryAddDisk(1));
        Assert.Equal(40, second.Disk);
        AssertRefusal(_budget.NoRoom(second, "for the archive", 41, _response), StatusCodes.Status503ServiceUnavailable, "Imports:UploadBytes", isTemporary: true);

        first.Dispose();
        Assert.True(second.TryAddDisk(60));
        AssertRefusal(_budget.NoRoom(second, "for the archive", 101, _response), StatusCodes.Status413PayloadTooLarge, "Imports:UploadBytes", isTemporary: false);
    }

    [Fact]
    public void AddDirectory_OnlyOne_MayBeLargerThanTheLimit()
    {
        var (first, second) = BeginTwo();

        Assert.True(first.TryAddDirectory(2000));
        Assert.False(second.TryAddDirectory(1));

        first.Dispose();
        Assert.True(second.TryAddDirectory(1));
    }

    [Fact]
    public void PassOn_ShareOfAnUpload_IsHeldByTheNewOwnerAlone()
    {
        var (first, second) = BeginTwo();
        Assert.True(first.TryAddDisk(100));

        var owner = first.PassOn();
        first.Dispose();
        Assert.Null(_budget.TryBegin());
        Assert.False(second.TryAddDisk(1));

        owner.Dispose();
        Assert.True(second.TryAddDisk(1));
    }

    public void Dispose() => _budget.Dispose();

    private (UploadBudget.UploadShare First, UploadBudget.UploadShare Second) BeginTwo() => (Begin(), Begin());

    private UploadBudget.UploadShare Begin() => _budget.TryBegin() ?? throw new InvalidOperationException("Two uploads may run.");

    private void AssertRefusal(ProblemHttpResult refusal, int status, string limit, bool isTemporary)
    {
        Assert.Equal(status, refusal.StatusCode);
        Assert.Contains(limit, refusal.ProblemDetails.Detail, StringComparison.Ordinal);
        Assert.Equal(isTemporary, _response.Headers.RetryAfter.Count > 0);
        _response.Headers.Clear();
    }
}
