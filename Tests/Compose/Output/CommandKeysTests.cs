extern alias compose;

using compose::Platform.Compose;

namespace Platform.Tests.Compose.Output;

public sealed class CommandKeysTests
{
    [Fact]
    public void Add_RedisAsAspireStartsIt_ReadsThePasswordFromItsFile()
    {
        var script = ComposeFile.Production.List("redis", "command")[1];

        Assert.Equal("chmod 0700 /data 2>/dev/null; umask 077\nexec redis-server - --save 60 1000 <<CONFIGURATION\nrequirepass \"$$(cat \"$$REDIS_PASSWORD_FILE\")\"\nCONFIGURATION\n", script);
        Assert.Equal(["redis-password"], ComposeFile.Production.List("redis", "secrets"));
    }

    [Theory]
    [InlineData("other --password $PASSWORD", "reads $PASSWORD")]
    [InlineData("other {key.value}", "an argument contains a secret")]
    public void Add_CommandThatNeedsASecret_NamesTheResource(string argument, string complaint)
    {
        var manifest = $$"""
            { "resources": { "key": { "type": "parameter.v0", "value": "{key.inputs.value}", "inputs": { "value": { "type": "string", "secret": true } } },
              "a": { "type": "container.v0", "image": "a:1", "args": [ "{{argument}}" ], "env": { "PASSWORD": "{key.value}" } } } }
            """;

        var exception = Assert.Throws<ComposeException>(() => GraphFixture.Write(manifest, GraphFixture.Profile(("a", ""))));

        Assert.StartsWith("Resource 'a'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TwoServicesOfOneProject_OneBuildsTheImage()
    {
        Assert.Contains("build", ComposeFile.Production.Services["worker"].Children.Keys.Select(key => key.ToString()));
        Assert.DoesNotContain("build", ComposeFile.Production.Services["migrate"].Children.Keys.Select(key => key.ToString()));
        Assert.Equal(ComposeFile.Production.Value("worker", "image"), ComposeFile.Production.Value("migrate", "image"));
    }
}
