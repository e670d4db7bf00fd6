using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>A receiver that could not be told, or not safely, stops the start with a sentence that says what to write.</summary>
public sealed class WebhookSettingsTests
{
    private const string Url = "https://app.example.com/webhooks", Canary = "canary0123456789canary";

    [Theory]
    [InlineData("App", Url, "", "", "Accounts__Webhooks__App__Secret is not set. Make one: echo")]
    [InlineData("App", Url, WebhookEar.Secret, "user.*,user.married", "Accounts__Webhooks__App__Events lists user.married, which is no event: write some of factor.added, ")]
    [InlineData("App", "", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url is \"\": write where the app is told, such as https://app.example.com/webhooks.")]
    [InlineData("App", "ftp://app.example.com/webhooks", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url is \"ftp://app.example.com/webhooks\": write where")]
    [InlineData("App", "http://app.example.com/webhooks", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url is http://app.example.com/webhooks: it must be https. http is for loopback, in Development.")]
    [InlineData("App", $"https://u:{Canary}@app.example.com/webhooks", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url has a user, a password or a fragment")]
    [InlineData("App", "https://10.0.0.1/webhooks", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url is https://10.0.0.1/webhooks: it must be on the open internet, and not")]
    [InlineData("App", "https://app.example.com\\@10.0.0.1/", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url has a blank, a backslash or a letter beyond ASCII")]
    [InlineData("App", $"https:{Canary}:x@app.example.com/webhooks", WebhookEar.Secret, "", "Accounts__Webhooks__App__Url has a user, a password or a fragment")]
    [InlineData("App", Url, Canary, "", "Accounts__Webhooks__App__Secret is not whsec_ and base64 of 24 to 64 bytes")]
    [InlineData("App", Url, "whsec_Y2FuYXJ5MDEyMzQ1Njc4OQ==", "", "Accounts__Webhooks__App__Secret is not whsec_ and base64 of 24 to 64 bytes")]
    [InlineData("App", Url, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "", "Accounts__Webhooks__App__Secret can be guessed")]
    [InlineData("App", Url, $"{WebhookEar.Secret},{WebhookEar.Secret},{WebhookEar.Secret}", "", "Accounts__Webhooks__App__Secret lists more than two secrets")]
    [InlineData("Ap.p", Url, WebhookEar.Secret, "", "Accounts__Webhooks__Ap.p__… has a name that cannot be")]
    public async Task WH_02_A_receiver_that_could_not_be_told_safely_stops_the_start(string name, string url, string secret, string events, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync(
            "Host=nowhere", ($"Accounts:Webhooks:{name}:Url", url), ($"Accounts:Webhooks:{name}:Secret", secret), ($"Accounts:Webhooks:{name}:Events", events)));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.Message, StringComparison.Ordinal);
    }
}
