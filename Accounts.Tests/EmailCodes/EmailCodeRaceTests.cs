using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>One code at sixteen places at once, over two processes on one database.</summary>
[Trait("Pace", "long")]
public sealed class EmailCodeRaceTests(Postgres postgres) : IAsyncLifetime
{
    private Nodes nodes = null!;

    public async ValueTask InitializeAsync() =>
        nodes = await Nodes.StartAsync(postgres, ("Accounts:EmailCodes:Enabled", "true"), ("Accounts:EmailCodes:SignUp", "true"));

    public ValueTask DisposeAsync() => nodes.DisposeAsync();

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task SG_07_Of_sixteen_posts_of_one_code_and_its_link_at_once_one_signs_in(bool known)
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = known ? await nodes.RegisterAsync() : new Person("", Some.Email(), "");
            using var client = nodes.Client();
            Assert.Equal(200, (await client.AskCodeAsync(person.Email)).Status);
            var mail = await nodes.MailAsync(person.Email, known ? EmailCodeSteps.Subject : EmailCodeSteps.NewSubject);
            var (token, code) = (Mailbox.TokenOf(mail), EmailCodeSteps.CodeOf(mail));
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes.WithAsync(other =>
            {
                other.Cookies["attempt"] = client.Cookies["attempt"];
                return i % 4 == 3 ? other.SignInByLinkAsync(token) : other.SignInByCodeAsync(code);
            })));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertBody(400, EmailCodeSteps.Refused));
            Assert.Equal((1, 1), (await nodes.Database.UsersAsync(person.Email, "email_verified"), await nodes.Database.LiveSessionsAsync(person)));
            Assert.Equal(1, await nodes.Database.EventsAsync(person, "signed_in"));
        });
    }

    [Fact]
    public async Task MF_06_Of_sixteen_posts_of_one_code_and_its_link_at_once_one_gets_a_ticket()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            using var client = nodes.Client();
            var person = await nodes.RegisterAsync();
            await nodes.Database.ChangeAsync(person, "email_verified = true, verified_by = 'code', verified_at = now()");
            await client.SignInAsync(person);
            var enrolled = await client.EnrolAsync();
            var sessions = await nodes.Database.LiveSessionsAsync(person);
            Assert.Equal(200, (await client.AskCodeAsync(person.Email)).Status);
            var mail = await nodes.MailAsync(person.Email, EmailCodeSteps.Subject);
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes.WithAsync(other =>
            {
                other.Cookies["attempt"] = client.Cookies["attempt"];
                return i % 4 == 3 ? other.SignInByLinkAsync(Mailbox.TokenOf(mail)) : other.SignInByCodeAsync(EmailCodeSteps.CodeOf(mail));
            })));
            var due = Assert.Single(answers, answer => answer.Status == 403);
            Assert.All(answers.Where(answer => answer.Status != 403), answer => answer.AssertBody(400, EmailCodeSteps.Refused));
            Assert.Equal((sessions, 1), (await nodes.Database.LiveSessionsAsync(person), await nodes.Database.CountAsync("sign_in_tickets t JOIN users u ON u.id = t.user_id", "u.email = @email", ("email", person.Email))));
            (await client.ProveAsync(due["ticket"], enrolled.RecoveryCodes[0])).AssertProved("aal2", "mail", "otp", "mfa");
        });
    }

    [Fact]
    public async Task RE_04_Of_different_codes_for_one_new_address_at_once_all_sign_in_to_one_account()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var email = Some.Email();
            var browsers = new[] { nodes.Client(), nodes.Client(), nodes.Client() };
            var codes = new List<string>();
            foreach (var browser in browsers)
            {
                Assert.Equal(200, (await browser.AskCodeAsync(email)).Status);
                codes.Add(EmailCodeSteps.CodeOf(await nodes.MailAsync(email, EmailCodeSteps.NewSubject, codes.Count + 1)));
            }
            var answers = await Task.WhenAll(browsers.Select((browser, i) => Rounds.SoonAsync(() => browser.SignInByCodeAsync(codes[i]))));
            Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
            Assert.Equal((1, 3), (await nodes.Database.UsersAsync(email), await nodes.Database.LiveSessionsAsync(new Person("", email, ""))));
        });
    }
}
