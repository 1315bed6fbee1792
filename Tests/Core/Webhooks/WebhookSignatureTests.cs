using System.Text;
using Platform.Core.Webhooks;

namespace Platform.Tests.Core.Webhooks;

public sealed class WebhookSignatureTests
{
    // The example that the libraries of the Standard Webhooks project test themselves with.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Fact]
    public void Of_TheSpecificationsExample_IsItsSignature() =>
        Assert.Equal(Signature, WebhookSignature.Of([Secret], Id, Timestamp, Encoding.UTF8.GetBytes(Body)));

    [Fact]
    public void Of_TwoSecrets_SignsWithBoth()
    {
        var signatures = WebhookSignature.Of([WebhookSecret.Create(), Secret], Id, Timestamp, Encoding.UTF8.GetBytes(Body)).Split(' ');

        Assert.Equal(2, signatures.Length);
        Assert.Equal(Signature, signatures[1]);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64 at all!")]
    [InlineData("whsec_c2hvcnQ=")]
    public void KeyOf_SomethingElse_IsNull(string text) => Assert.Null(WebhookSecret.KeyOf(text));

    [Fact]
    public void Create_Twice_MakesTwoSecrets()
    {
        var secret = WebhookSecret.Create();

        Assert.Equal(32, WebhookSecret.KeyOf(secret)?.Length);
        Assert.NotEqual(secret, WebhookSecret.Create());
    }
}
