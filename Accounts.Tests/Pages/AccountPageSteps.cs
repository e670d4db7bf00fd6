using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The steps of who uses the page of their own account.</summary>
internal static partial class AccountPageSteps
{
    /// <summary>As a front end does it, for the page's own tests.</summary>
    private const string SignIn = """
        async body => (await fetch('/api/auth/login/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status
        """;

    private const string FocusedName = """
        () => {
          const { activeElement: at } = document;
          return (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? (at === document.body ? '' : at.textContent)).trim();
        }
        """;

    /// <summary>Signs in, and opens a part of the page.</summary>
    public static async Task EnterAsync(this BrowserTab tab, TestServer server, Person person, string part = "profile")
    {
        await tab.OpenAsync($"{server.Address}signed-out");
        Assert.Equal(200, await tab.Page.EvaluateAsync<int>(SignIn, new { email = person.Email, password = person.Password }));
        await tab.OpenAsync($"{server.Address}account#{part}");
    }

    /// <summary>The address that a mail leads to, token and all.</summary>
    public static string LinkOf(MailboxFolder.Delivered mail) => Link().Match(mail.Text).Value;

    /// <summary>Waits until the page says that something is done.</summary>
    public static Task TellsAsync(this BrowserTab tab, string text) => Assertions.Expect(tab.Page.Locator("#said")).ToContainTextAsync(text);

    /// <summary>What is wrong with a field, for who sees it and for who hears it.</summary>
    public static async Task BlamesAsync(this BrowserTab tab, string field, string text)
    {
        var input = tab.Page.Locator(field);
        await Assertions.Expect(input).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(input).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(text)));
        await Assertions.Expect(input).ToBeFocusedAsync();
    }

    /// <summary>Answers the question before an act.</summary>
    public static Task AgreeAsync(this BrowserTab tab) => tab.Page.Locator("#question-yes").ClickAsync();

    /// <summary>On the page of the provider, which sends the browser back.</summary>
    public static Task ChoosePersonAsync(this BrowserTab tab, string name) => tab.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();

    /// <summary>As who has no other proof: by the code of the newest mail.</summary>
    public static async Task ConfirmByMailAsync(this BrowserTab tab, TestServer server, string email)
    {
        await tab.SaysAsync("Confirm that it is you");
        var before = server.Mailbox.To(email).Count;
        await tab.ClickAsync("Mail me a code");
        await tab.FillAsync("8 digits", PasswordSteps.ResetCodeOf(await server.Mailbox.WaitAsync(email, before + 1)));
        await tab.Page.Locator("[data-way=mail_code] button").ClickAsync();
    }

    /// <summary>By the key alone, until the focus is on what is called so.</summary>
    public static async Task ReachAsync(this BrowserTab tab, string name)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await tab.Page.EvaluateAsync<string>(FocusedName) == name)
            {
                return;
            }
            await tab.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The keyboard does not reach \"{name}\".");
    }

    public static async Task ReachAndPressAsync(this BrowserTab tab, string name)
    {
        await tab.ReachAsync(name);
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>As if whoever is signed in had proved it 11 minutes ago.</summary>
    public static Task<int> ForgetProofAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE sessions s SET auth_time = s.auth_time - interval '11 minutes' FROM users u WHERE u.id = s.user_id AND u.email = @email", ("email", person.Email));

    [GeneratedRegex(@"https?://\S+#token=[\w-]+")]
    private static partial Regex Link();
}
