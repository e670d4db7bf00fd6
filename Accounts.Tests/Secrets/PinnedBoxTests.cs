using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Outbox;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.SigningKeys;
using Accounts.Core.Social;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.Secrets;

/// <summary>
/// What was made under a secret key before: sealed boxes, with the place that they are bound to, and what browsers keep. It
/// lies in databases and cookies, and a version that does not read it locks its users out. None of these is changed or taken out.
/// </summary>
public sealed class PinnedBoxTests
{
    private const string Plaintext = "what was sealed";

    private static readonly Dictionary<SecretUse, string> Sealed = new()
    {
        [SecretUse.KeyId] = "AXIl54NkeR7F9rQp24D/D4yf4Ic9AlK9CQzDUBnDCgdoouhwjQ4NkjPn4ySmWMFy",
        [SecretUse.RefreshTokens] = "AXIl54NA4hrNVHgEojH7lif1ChqeD2/RAeMsyYNKTHB4GDV4sCfCytmgAyt89BqS",
        [SecretUse.VerificationCodes] = "AXIl54NUXvNeSwhlO9lHUCpBg3bSkn/Zr+pFkSDEtb6bSsXOcZ92rHrIf8ENtNG1",
        [SecretUse.RegistrationCookies] = "AXIl54OlJdvYJ3bzbRXebnln+b3MzqASQP7+yMxXuXescBL0aCj7qnuwk5oWPtO5",
        [SecretUse.DeviceCookies] = "AXIl54NDBerL3qzeaOZeyKuczHYivPsvjALhDn53rB///Krp9Eu5vPaT0nL7HkxM",
        [SecretUse.Outbox] = "AXIl54MHHGUHcA7MPyDhWhL5YlKyt1QYb2sxAPn2XL794X6rEV5gHR7/KZ9zbxX+",
        [SecretUse.SigningKeys] = "AXIl54Oq4d30HtS1HQq8b9gAiFB06XrOFnmgCUsKufh69etqlf1RBjhIZt6ORXA7",
        [SecretUse.SocialStates] = "AXIl54Pt6hinfyu1+1rijdX+o32zOGy+X/FeEQX3Nb6HlUWqiGRuJLz5dBJwN3gw",
        [SecretUse.PasswordDecoys] = "AXIl54NWjIDfVgSBMqD/QAg3pez8xg4VXaAhF9b0ff5HuUjr1UZlICO0ZKmEdd7f",
        [SecretUse.SocialCodes] = "AXIl54MEfYQcXWdyYEJPSFbWEu9Ayu5368znnRzFwawoYrpj2wh9Zhm2Yah13E1W",
        [SecretUse.MailRequests] = "AXIl54Nbknl/xMVfNAYFTHPM4Zu3LX7Z1bJo20xfQuFbxedPYj0QdpamEsgVffMz",
        [SecretUse.Attempts] = "AXIl54Ob0x9hZxgfIxZDJGN7uzrvNabeL2OustKc8S/FL61vX++7L8OD6rU/4+Pc",
        [SecretUse.AccountChanges] = "AXIl54OVMmUmVrb9aIXBVFqL7WXMU92BqQy1kWACEdJZ8Ie2jvqaWVkdMhY8zgKT",
        [SecretUse.TotpSeeds] = "AXIl54O5ChnWQR5js/RdufrbUCe8o8/CB4iXQSdjKmddRFH80a1IxjCNnWRCl+Cy",
        [SecretUse.Probes] = "AXIl54OXtEbeuYL5m3r1ezIbi/a8Ee55xp0IKXa3HtHqzMD5tFFI78iKJuioNwlk",
        [SecretUse.SessionTokens] = "AXIl54N6Iko/KhmKOEdWIoT2VPzxrilH/aLCj0xs74DbTZuL5VrhfkqgzMIaid5V",
        [SecretUse.OldTokens] = "AXIl54MvEBA4iyYBpJsEm2Qv45ll3tNVtSewNQCVL6NbIliklnTkvWR+5eItAt8O",
    };

    private static readonly Guid UserId = new("01890000-0000-7000-8000-00000000aaaa");

    private readonly SecretKeys keys = new(Options.Create(new SecretOptions { SecretKey = "a secret key that stands for any other" }));

    private SecretBox Box => new(keys);

    [Fact]
    public void A_box_of_every_use_that_was_sealed_before_opens_and_is_known_as_current()
    {
        Assert.Equal(Enum.GetValues<SecretUse>(), Sealed.Keys.Order());
        foreach (var (use, text) in Sealed)
        {
            Assert.Equal(Plaintext, Encoding.ASCII.GetString(Box.Open(use, Convert.FromBase64String(text), "table/row")));
            Assert.True(Box.IsCurrent(Convert.FromBase64String(text)));
        }
    }

    [Fact]
    public void A_mail_that_was_queued_before_opens_in_its_row_for_its_recipient()
    {
        var mail = Row<OutboxMessage>(
            ("Id", new Guid("01890000-0000-7000-8000-00000000abcd")), ("Recipient", "Somebody@example.com"),
            ("Payload", Convert.FromBase64String("AXIl54OgwW1U2l27r8Bd7e4PmQHXvutFLtYYSikT2mmK1ZhE4lmhhucIABI0PcBc1nY97WNIPF+GoKlkTTU0+oY6fw==")));
        Assert.Equal("""{"link":"https://app.example.com"}""", Encoding.UTF8.GetString(mail.Open(Box)));
    }

    [Fact]
    public void A_signing_key_that_was_stored_before_opens_under_its_id()
    {
        var key = Row<StoredSigningKey>(
            ("Id", "b61-8XFljOdWYcG3D3KP1hmQadP9OP8yr2sR8xRav7c"),
            ("PrivateKey", Convert.FromBase64String(
                "AXIl54NHf8JDhm9PLgTYp1heW8ncP72oV4pVRG1Pvv4PuoC5qo9mas8qF16oHYPGw9mkJPv3r2gutTpY0YCSsu9ozH4byVBYpUvzrupJ1WvcB92dysskNBTl"
                + "GKM9n8HPiRcUjfa6uvYqsb9xeZZKAQ7fwgIy2HKWIk0CwZxA09A5B1Z5N9N6EKb96GrQDuDI9vERRKUQ4jPjibLV8JLZniR2oztw/FpRcvbv")));
        Assert.Equal(key.Id, key.Open(Box).Id);
    }

    [Fact]
    public void A_verifier_of_a_trip_that_began_before_opens()
    {
        var state = Row<SocialState>(
            ("Hash", OpaqueToken.Hash("a state")), ("Verifier", Convert.FromBase64String("AXIl54N5YJHgKGgLspjy6zsD984oVvcxfNRQlWjpQJSUHH7dW0d+N5qh4g==")));
        Assert.Equal("a verifier", state.OpenVerifier(Box));
    }

    [Fact]
    public void The_seed_of_an_app_that_was_added_before_opens_in_its_row_of_its_user()
    {
        var factor = Row<TotpFactor>(
            ("Id", new Guid("01890000-0000-7000-8000-00000000abcd")), ("UserId", UserId),
            ("Seed", Convert.FromBase64String("AXIl54PjGxxF9TKVGNNLFgueKZ8QqnMn454e+dSS1fKf1C3D79lkLi3W8+TkE/t95LmcBLo=")));
        Assert.Equal("12345678901234567890"u8, factor.Open(Box));
        Assert.Throws<AuthenticationTagMismatchException>(() => Row<TotpFactor>(("Id", factor.Id), ("UserId", Guid.Empty), ("Seed", factor.Seed)).Open(Box));
    }

    [Fact]
    public void A_refresh_token_that_was_issued_before_is_read_and_written_the_same()
    {
        const string text = "AXIl54MBiQAAAABwAIAAAAAAAKqqAYkAAAAAcACAAAAAAAC7uwAAAAAAAAAHAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh--0ZKafwO8XKdz3qDbObGk3YyKCJHBwkQjsRjMcKvn_A";
        var token = new RefreshTokenCodec(keys).Read(text);
        Assert.Equal((UserId, new Guid("01890000-0000-7000-8000-00000000bbbb"), 7), (token.UserId, token.SessionId, token.Generation));
        Assert.Equal([.. Enumerable.Range(0, 32).Select(i => (byte)i)], token.Secret);
        Assert.Equal(text, new RefreshTokenCodec(keys).Write(token));
    }

    [Fact]
    public void What_a_browser_was_given_when_it_registered_somebody_before_is_good() =>
        Assert.Equal(UserId, new BrowserProof(keys, TimeProvider.System).SubjectOf(
            SecretUse.RegistrationCookies, "ciXngwGJAAAAAHAAgAAAAAAAqqoAAQIDBAUGBwgJCgsMDQ4PAAAAAPSGVwC_Oh-W3qIMNsPUasUzXxo7ZUn1jb1PFkLJ66CdSLLJWw"));

    [Fact]
    public void A_device_that_somebody_signed_in_on_before_is_known()
    {
        const string cookie = "ciXngwGJAAAAAHAAgAAAAAAAqqoAAQIDBAUGBwgJCgsMDQ4PFKQdUD93Zgjnop47H1hx2QAAAAD0hlcAYrJCGldinC9ehyuYxE0pYGFbnHBqxrA4qlcqvncvIII";
        var user = Row<User>(("Id", UserId), ("SecurityStamp", "a stamp"), ("SessionsEpoch", 7L));
        Assert.Equal("000102030405060708090A0B0C0D0E0F", new KnownDevices(keys, TimeProvider.System).NameFor(cookie, user));
    }

    /// <summary>As it is loaded: with columns that nothing sets but the database.</summary>
    private static T Row<T>(params (string Column, object Value)[] columns)
    {
        var row = Activator.CreateInstance(typeof(T), nonPublic: true)!;
        foreach (var (column, value) in columns)
        {
            typeof(T).GetProperty(column)!.SetValue(row, value);
        }
        return (T)row;
    }
}
