using Accounts.Development;
using Xunit;

namespace Accounts.Tests.Development;

public sealed class GreetingTests
{
    [Theory]
    [InlineData("http://localhost:8000", "http://localhost:8000"), InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("http://[::]:9000", "http://localhost:9000"), InlineData("http://0.0.0.0:9000", "http://localhost:9000")]
    public void It_names_the_address_that_is_listened_at(string bound, string told)
    {
        var text = Greeting.Text([bound], hasMailbox: true, "/data");
        Assert.Contains($"Accounts is running    {told}\n", text, StringComparison.Ordinal);
        Assert.Contains($"Try it in the demo at  {told}/dev/app\n", text, StringComparison.Ordinal);
        Assert.Contains($"Mail is read at        {told}/dev/mailbox\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_addresses_it_names_all() =>
        Assert.Contains("http://localhost:1, http://localhost:2\n", Greeting.Text(["http://localhost:1", "http://localhost:2"], hasMailbox: false, "/data"), StringComparison.Ordinal);
}
