using System.Text.RegularExpressions;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>An administrator's day on the page of the administration, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAdminTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient other = null!, victim = null!;
    private Person administrator = null!, person = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        (other, victim) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(other);
        person = await server.VerifiedAsync(victim);
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        other.Dispose();
        victim.Dispose();
        await server.DisposeAsync();
    }

    private ILocator Of(string selector) => tab.Page.Locator(selector);

    [Fact]
    public async Task Somebody_is_found_suspended_with_a_reason_and_let_in_again()
    {
        await tab.AdministerAsync(server, administrator, "users");
        await tab.Page.GetByLabel("Begins with", new() { Exact = true }).FillAsync(person.Username);
        await tab.ClickAsync("Find");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = person.Username, Exact = true }).ClickAsync();
        await tab.SaysAsync(person.Username);
        Assert.EndsWith($"/admin#users/{await server.Database.IdAsync(person)}", tab.Page.Url, StringComparison.Ordinal);
        await tab.ClickAsync("Suspend");
        await Of("#question-reason").FillAsync("On leave");
        await Of("#question-until").FillAsync("2020-01-01T10:00");
        await tab.AnswerAsync("Suspend");
        await Assertions.Expect(Of("#question-until")).ToHaveAttributeAsync("aria-invalid", "true");
        await Of("#question-until").FillAsync("2040-01-01T10:00");
        await tab.AnswerAsync("Suspend");
        await tab.TellsOfUserAsync($"{person.Username} is suspended, and signed out everywhere.");
        await tab.ShowsFactAsync("Reason", "On leave");
        (await victim.GetAsync("/api/auth/me/")).AssertAccessRefused("revoked");
        await tab.Page.GoBackAsync();
        await tab.SaysAsync("Users");
        await Assertions.Expect(Of("#users-list .badge")).ToHaveTextAsync("Suspended");
        await tab.Page.GoForwardAsync();
        await tab.SaysAsync(person.Username);
        await tab.ClickAsync("Let in again");
        await tab.AnswerAsync("Let them in");
        await tab.TellsOfUserAsync($"{person.Username} is let in again.");
        await victim.SignInAsync(person);
        tab.IsContent();
    }

    [Fact]
    public async Task Roles_are_given_once_it_is_confirmed_who_gives_them()
    {
        await tab.AdministerAsync(server, administrator, "summary");
        await server.Database.ExecuteAsync("UPDATE sessions SET auth_time = auth_time - interval '11 minutes'");
        await tab.OpenAsync($"{server.Address}admin#users/{await server.Database.IdAsync(person)}");
        await tab.Page.GetByLabel("Other roles", new() { Exact = true }).FillAsync("editor, Support");
        await tab.ClickAsync("Save the roles");
        await Assertions.Expect(Of("#confirm-password")).ToBeFocusedAsync();
        await tab.PressAsync("Escape");
        await Assertions.Expect(Of("#roles-notice")).ToHaveTextAsync("Nothing was changed: please confirm first that it is you.");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email, "roles <> '{}'"));
        await tab.ClickAsync("Save the roles");
        await Of("#confirm-password").FillAsync(administrator.Password);
        await tab.PressAsync("Enter");
        await tab.TellsOfUserAsync("It is saved.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{editor,support}'"));
        await Assertions.Expect(Of("#user > .badges .badge")).ToHaveTextAsync(["editor", "support"]);
        tab.IsContent();
    }

    [Fact]
    public async Task What_somebody_else_has_changed_meanwhile_is_shown_and_not_overwritten()
    {
        await tab.AdministerAsync(server, administrator, $"users/{await server.Database.IdAsync(person)}");
        await tab.SaysAsync(person.Username);
        Assert.Equal(200, (await other.PatchAsync(await server.Database.AddressAsync(person), new { first_name = "Robert" })).Status);
        await Of("#profile-last").FillAsync("Jones");
        await tab.ClickAsync("Save the name");
        await Assertions.Expect(Of("#profile-notice")).ToContainTextAsync("Somebody else has changed this user meanwhile.");
        await tab.ShowsFactAsync("Name", "Robert");
        await Assertions.Expect(Of("#profile-first")).ToHaveValueAsync("Robert");
        await Assertions.Expect(Of("#profile-last")).ToHaveValueAsync("Jones");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "last_name = ''"));
        await tab.ClickAsync("Save the name");
        await tab.TellsOfUserAsync("It is saved.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = 'Robert' AND last_name = 'Jones'"));
        tab.IsContent();
    }

    [Fact]
    public async Task Somebody_is_invited_and_the_invitation_withdrawn()
    {
        var guest = Some.Email();
        await tab.AdministerAsync(server, administrator, "invitations");
        await Of("#invite-email").FillAsync(person.Email);
        await tab.ClickAsync("Send the invitation");
        await Assertions.Expect(Of("#invite-email")).ToHaveAttributeAsync("aria-invalid", "true");
        await Of("#invite-email").FillAsync(guest);
        await Of("#invite-roles").FillAsync("editor");
        await tab.ClickAsync("Send the invitation");
        await Assertions.Expect(Of("#invitations-list li")).ToContainTextAsync(guest);
        await server.InvitationMailAsync(guest);
        Assert.Equal(1, await server.Database.CountAsync("invitations", $"email = '{guest}' AND roles = '{{editor}}'"));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Withdraw the invitation of {guest}" }).ClickAsync();
        await tab.AnswerAsync("Withdraw it");
        await Assertions.Expect(Of("#invitations-list")).ToHaveTextAsync("Nobody is invited at the moment.");
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
        tab.IsContent();
    }

    [Fact]
    public async Task Somebody_is_made_and_deleted()
    {
        var made = Some.Person();
        await tab.AdministerAsync(server, administrator, "users/new");
        await Of("#new-username").FillAsync(person.Username);
        await Of("#new-email").FillAsync(made.Email);
        await tab.ClickAsync("Make the user");
        await Assertions.Expect(Of("#new-username")).ToHaveAccessibleDescriptionAsync(new Regex("A user with that username already exists."));
        await Of("#new-username").FillAsync(made.Username);
        await tab.ClickAsync("Make the user");
        await tab.SaysAsync(made.Username);
        await tab.ClickAsync("Delete");
        await tab.AnswerAsync("Delete");
        await tab.TellsOfUserAsync($"{made.Username} is deleted, and signed out everywhere.");
        Assert.Equal(1, await server.Database.UsersAsync(made.Email, "deleted_at IS NOT NULL"));
        tab.IsContent();
    }

    [Fact]
    public async Task Events_are_found_and_taken_away_and_the_doctor_is_asked()
    {
        Assert.Equal(200, (await other.PutRolesAsync(await server.Database.AddressAsync(person), "editor")).Status);
        await tab.AdministerAsync(server, administrator, "events");
        await Of("#events-kind").SelectOptionAsync("roles_changed");
        await Of("#events-user").FillAsync("nobody");
        await tab.ClickAsync("Find");
        await Assertions.Expect(Of("#events-user")).ToHaveAttributeAsync("aria-invalid", "true");
        await Of("#events-user").FillAsync($"{await server.Database.IdAsync(person)}");
        await tab.ClickAsync("Find");
        await Assertions.Expect(Of("#events-list li")).ToContainTextAsync("roles: editor");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.ClickAsync("Download as .ndjson"));
        Assert.Contains("\"kind\":\"roles_changed\"", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Health" }).ClickAsync();
        await Assertions.Expect(Of("#findings li", "Database").Locator(".badge")).ToHaveTextAsync("OK", new() { Timeout = 30_000 });
        await Assertions.Expect(Of("#findings li", "Limits").Locator(".badge")).ToHaveTextAsync("Problem");
        tab.IsContent();
    }

    private ILocator Of(string selector, string text) => tab.Page.Locator(selector, new() { HasText = text }).First;

    [Fact]
    public async Task A_double_click_does_nothing_twice_and_an_unreachable_server_loses_nothing()
    {
        await tab.AdministerAsync(server, administrator, $"users/{await server.Database.IdAsync(person)}");
        await tab.SaysAsync(person.Username);
        await tab.ClickAsync("Sign out everywhere");
        await tab.Page.Locator("#question").GetByRole(AriaRole.Button, new() { Name = "Sign them out" }).DblClickAsync();
        await tab.TellsOfUserAsync($"{person.Username} is signed out everywhere.");
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_signed_out"));
        await tab.Page.Context.SetOfflineAsync(true);
        await Of("#profile-first").FillAsync("Bob");
        await tab.ClickAsync("Save the name");
        await Assertions.Expect(Of("#profile-notice")).ToContainTextAsync("You are offline.");
        await Assertions.Expect(Of("#profile-first")).ToHaveValueAsync("Bob");
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.ClickAsync("Save the name");
        await tab.TellsOfUserAsync("It is saved.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = 'Bob'"));
    }
}
