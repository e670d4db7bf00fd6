using Accounts.Core.Audit;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>The bytes of docs/history.md, computed by hashlib of Python: another version that computes others would find every history of before changed.</summary>
public sealed class EventHashTests
{
    private static readonly NumberedEvent Whole = new(
        Guid.Parse("019ac0de-0000-7000-8000-000000000001"), "roles_changed", Guid.Parse("019ac0de-0000-7000-8000-000000000002"), Guid.Parse("019ac0de-0000-7000-8000-000000000003"),
        new DateTimeOffset(2026, 11, 30, 1, 2, 3, TimeSpan.Zero).AddMicroseconds(456_789), 3, "192.0.2.1", "Grüße/1.0", """{"roles": []}""", """{"roles": ["editor"]}""",
        Guid.Parse("019ac0de-0000-7000-8000-000000000004"), "2001:db8::1", "");

    private static readonly NumberedEvent Bare = Whole with { SessionId = null, Before = null, After = null, ActorId = null, ActorIp = null, ActorUserAgent = null, Count = 1, Ip = "", UserAgent = "" };

    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(n => (byte)n)];

    private readonly EventHash hash = new();

    [Fact]
    public void HI_01_A_link_is_made_of_everything_that_is_recorded()
    {
        var (fields, actor) = (hash.Fields(Salt, Whole), hash.ActorFields(Salt, Whole));
        Assert.Equal("c06deba973192f16f6c50f25ad34b175b3fb1a87ec9b37b4f6311145bf0ffb86", Convert.ToHexStringLower(fields));
        Assert.Equal("1cb567818bc93723ed70013322e9bfb67208de3492483571048427cb7732c47c", Convert.ToHexStringLower(actor));
        Assert.Equal("75a6e192d09f27e04193fb55502dc35d9a4f55bedcd1962aca7fe396a3b08ff7", Convert.ToHexStringLower(hash.Link(EventHash.Origin, 4711, Whole, fields, actor)));
    }

    [Fact]
    public void HI_01_What_is_not_there_is_another_thing_than_what_is_empty()
    {
        var fields = hash.Fields(Salt, Bare);
        Assert.Equal("b1fd5ddb3bbde43acf1fce1e6942cb7082b79030d212feda1b56247e246d1448", Convert.ToHexStringLower(fields));
        Assert.Equal("54445afab528cef327ecde5105ad900726db6a00d6ab6d9ae4cae3daa2218808", Convert.ToHexStringLower(hash.Link(Salt, 1, Bare, fields, null)));
        Assert.NotEqual(fields, hash.Fields(Salt, Bare with { Before = "" }));
        Assert.NotEqual(hash.Fields(Salt, Bare with { Ip = "ab", UserAgent = "c" }), hash.Fields(Salt, Bare with { Ip = "a", UserAgent = "bc" }));
    }
}
