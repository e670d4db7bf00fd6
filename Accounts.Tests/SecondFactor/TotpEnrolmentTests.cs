using System.Globalization;
using System.Xml.Linq;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using OtpNet;
using Xunit;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Accounts.Tests.SecondFactor;

/// <summary>Adding an authenticator app.</summary>
public sealed class TotpEnrolmentTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Expired = "enrolment_expired", Wrong = """{"code":["Enter the code that the app shows now."]}""";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await server.SignInVerifiedAsync(client);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MF_01_The_seed_has_160_bits_is_shown_once_and_lies_sealed()
    {
        var answer = await client.BeginTotpAsync();
        Assert.Equal((200, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        var (secret, seed) = (answer["secret"]!, Base32Encoding.ToBytes(answer["secret"]));
        Assert.Matches("^[A-Z2-7]{32}$", secret);
        Assert.Equal(20, seed.Length);
        Assert.Equal(200, (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret))).Status);
        server.HasProved(client);
        var dump = await server.Database.DumpAsync();
        Assert.DoesNotContain(secret, dump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString(seed), dump, StringComparison.OrdinalIgnoreCase);
        var (list, export) = (await client.GetAsync(FactorSteps.Factors), await client.GetAsync("/api/auth/me/export/"));
        Assert.DoesNotContain(secret, list.Text + export.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Authenticator app", export.Json.GetProperty("totp_factors")[0].GetProperty("name").GetString());
        Assert.NotEqual(secret, (await client.BeginTotpAsync())["secret"]);
    }

    [Fact]
    public async Task MF_01_A_camera_reads_the_picture_and_it_is_modules_alone()
    {
        var answer = await client.BeginTotpAsync();
        var (url, svg) = (answer["otpauth_url"]!, XDocument.Parse(answer["qr_svg"]!));
        Assert.Equal($"otpauth://totp/localhost:{Uri.EscapeDataString(person.Email)}?secret={answer["secret"]}&issuer=localhost&algorithm=SHA1&digits=6&period=30", url);
        Assert.Equal(["svg", "path", "path"], svg.Descendants().Select(element => element.Name.LocalName));
        Assert.Equal(["xmlns", "viewBox", "d", "fill", "d", "fill"], svg.Descendants().Attributes().Select(attribute => attribute.Name.LocalName));
        Assert.Equal(url, Read(svg));
    }

    [Fact]
    public async Task MF_01_What_is_begun_is_no_factor()
    {
        var secret = (await client.BeginTotpAsync())["secret"]!;
        (await client.GetAsync(FactorSteps.Factors)).AssertBody(200, """{"totp":[],"passkeys":[],"recovery_codes_left":0,"required":false}""");
        Assert.Equal("""["password"]""", (await client.MeAsync())["ways"]);
        Assert.Null(await server.TryCodeAsync(person, FactorSteps.CodeOf(secret)));
        (await client.PostAsync(FactorSteps.RecoveryCodes)).AssertRefused(409, "no_second_factor");
        var id = await server.Database.ScalarAsync<Guid>("SELECT f.id FROM totp_factors f JOIN users u ON u.id = f.user_id WHERE u.email = @email", ("email", person.Email));
        (await client.RenameFactorAsync($"{id}", new { name = "Mine" })).AssertRefused(404, "not_found");
        (await client.RemoveFactorAsync($"{id}")).AssertRefused(404, "not_found");
        Assert.Equal((1, 0), (await server.Database.TotpFactorsAsync(person, "confirmed_at IS NULL"), await server.Database.EventsAsync(person, "factor_added")));
    }

    [Fact]
    public async Task MF_01_A_right_code_makes_it_one_and_ten_recovery_codes_come_with_the_first()
    {
        var secret = (await client.BeginTotpAsync())["secret"]!;
        var answer = await client.ConfirmTotpAsync($" {FactorSteps.CodeOf(secret).Insert(3, " ")} ", "  My phone ");
        Assert.Equal((200, 10), (answer.Status, answer.Codes().Distinct().Count()));
        var app = Assert.Single(await client.AppsAsync());
        Assert.Equal(("My phone", "null"), (app.GetProperty("name").GetString(), app.GetProperty("last_used_at").GetRawText()));
        Assert.Equal("10", (await client.GetAsync(FactorSteps.Factors))["recovery_codes_left"]);
        Assert.Equal("""["password","totp"]""", (await client.MeAsync())["ways"]);
        Assert.Equal((1, 10), (await server.Database.HasAppAsync(person), await server.Database.RecoveryCodesAsync(person)));
        (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret, 1))).AssertRefused(400, Expired);
        server.HasProved(client);
        Assert.Empty((await client.EnrolAsync()).RecoveryCodes);
        Assert.Equal(["My phone", "Authenticator app"], (await client.AppsAsync()).Select(one => one.GetProperty("name").GetString()));
        Assert.Equal((2, 10), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
    }

    [Fact]
    public async Task MF_01_A_wrong_code_makes_nothing_of_it_and_the_right_one_still_does()
    {
        var secret = (await client.BeginTotpAsync())["secret"]!;
        (await client.ConfirmTotpAsync(FactorSteps.WrongCode(secret))).AssertBody(400, Wrong);
        (await client.ConfirmTotpAsync("not a code at all")).AssertBody(400, Wrong);
        (await client.PostAsync(FactorSteps.Confirm)).AssertBody(400, """{"code":["This field is required."]}""");
        (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret), new string('x', 101))).AssertBody(400, """{"name":["Ensure this field has no more than 100 characters."]}""");
        Assert.Equal((1, 0), (await server.Database.TotpFactorsAsync(person, "confirmed_at IS NULL AND last_step IS NULL"), await server.Database.HasAppAsync(person)));
        Assert.Equal(200, (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret))).Status);
    }

    [Fact]
    public async Task MF_01_Of_two_that_are_begun_the_later_one_counts()
    {
        var first = (await client.BeginTotpAsync())["secret"]!;
        var second = (await client.BeginTotpAsync())["secret"]!;
        Assert.Equal(1, await server.Database.TotpFactorsAsync(person));
        (await client.ConfirmTotpAsync(FactorSteps.CodeOf(first))).AssertBody(400, Wrong);
        Assert.Equal(200, (await client.ConfirmTotpAsync(FactorSteps.CodeOf(second))).Status);
    }

    [Fact]
    public async Task MF_01_What_was_begun_an_hour_ago_is_over_and_swept()
    {
        (await client.ConfirmTotpAsync("123456")).AssertRefused(400, Expired);
        await client.EnrolAsync();
        server.HasProved(client);
        var secret = (await client.BeginTotpAsync())["secret"]!;
        await server.Database.ExecuteAsync(
            "UPDATE totp_factors f SET created_at = f.created_at - interval '61 minutes' FROM users u WHERE u.id = f.user_id AND u.email = @email", ("email", person.Email));
        (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret))).AssertRefused(400, Expired);
        Assert.Equal(2, await server.Database.TotpFactorsAsync(person));
        await server.SweepAsync();
        Assert.Equal((1, 1), (await server.Database.TotpFactorsAsync(person), await server.Database.HasAppAsync(person)));
    }

    [Fact]
    public async Task MF_12_Nobody_has_more_than_ten()
    {
        await client.EnrolAsync();
        server.HasProved(client);
        await AddAsync(8);
        var secret = (await client.BeginTotpAsync())["secret"]!;
        await AddAsync(1);
        (await client.ConfirmTotpAsync(FactorSteps.CodeOf(secret))).AssertRefused(409, "too_many_factors");
        (await client.BeginTotpAsync()).AssertRefused(409, "too_many_factors");
        Assert.Equal(10, (await client.AppsAsync()).Length);
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync(9))).Status);
        server.HasProved(client);
        Assert.Equal(200, (await client.ConfirmTotpAsync(FactorSteps.CodeOf((await client.BeginTotpAsync())["secret"]!))).Status);
    }

    [Fact]
    public async Task Without_an_access_token_nothing_of_it_is_there()
    {
        client.Access = null;
        foreach (var path in new[] { FactorSteps.Begin, FactorSteps.Confirm, FactorSteps.RecoveryCodes })
        {
            (await client.PostAsync(path)).AssertRefused(401, "not_authenticated");
        }
        (await client.GetAsync(FactorSteps.Factors)).AssertRefused(401, "not_authenticated");
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person));
    }

    /// <summary>Confirmed ones, of which nobody has an app.</summary>
    private Task<int> AddAsync(int count) => server.Database.ExecuteAsync($"""
        INSERT INTO totp_factors (id, user_id, name, seed, created_at, confirmed_at)
        SELECT gen_random_uuid(), id, 'another', '\x00', clock_timestamp(), clock_timestamp() FROM users, generate_series(1, {count}) WHERE email = @email
        """, ("email", person.Email));

    /// <summary>What another library sees in it, four dots a module.</summary>
    private static string Read(XDocument svg)
    {
        var size = Number(svg.Root!.Attribute("viewBox")!.Value.Split(' ')[2]) * 4;
        var pixels = Enumerable.Repeat((byte)255, size * size).ToArray();
        foreach (var box in svg.Descendants().Last().Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = box.Split(' ', 'h', 'v', 'z').Where(part => part.Length > 0).Select(Number).ToArray();
            var (x, y, width) = (numbers[0], numbers[1], numbers[2]);
            for (var row = y * 4; row < (y + 1) * 4; row++)
            {
                Array.Fill(pixels, (byte)0, (row * size) + (x * 4), width * 4);
            }
        }
        var source = new RGBLuminanceSource(pixels, size, size, RGBLuminanceSource.BitmapFormat.Gray8);
        // Drawn, and not photographed: where its corners are is not guessed at, which fails for some texts.
        var drawn = new Dictionary<DecodeHintType, object> { [DecodeHintType.PURE_BARCODE] = true };
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), drawn).Text;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
