extern alias web;

using web::Platform.Web.Components;

namespace Platform.Tests.Web.Components;

public sealed class EndpointNameTests
{
    [Theory]
    [InlineData("Lights in the hall", "Lights in the hall")]
    [InlineData("https://house.example/hook", "house.example/hook")]
    [InlineData("http://192.168.1.40:5678/webhook/4b0b3e8a-4f62-4c1c", "192.168.1.40:5678/webhook/4…")]
    [InlineData("ws://127.0.0.1:8080/", "127.0.0.1:8080")]
    [InlineData("note: call me", "note: call me")]
    public void Short_NameOrAddress_FitsALine(string name, string text) => Assert.Equal(text, EndpointName.Short(name));
}
