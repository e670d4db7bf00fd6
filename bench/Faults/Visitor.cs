using System.Globalization;

namespace Faults;

/// <summary>Somebody with one session, moved by hand.</summary>
internal sealed class Visitor
{
    public const string Password = "seven purple otters";

    private readonly Stage stage;

    private Visitor(Stage stage, string name, Reply login)
    {
        (this.stage, Name) = (stage, name);
        (Token, Access) = (login.Refresh ?? throw new InvalidOperationException($"Nobody can sign in: {login.Status} {login.Body}"), login["access"]!);
    }

    public string Name { get; }

    public string Email => $"{Name}@example.com";

    /// <summary>The first refresh token.</summary>
    public string Token { get; }

    public string Access { get; }

    public static string NewName() => $"v{Guid.NewGuid():n}"[..20];

    public static async Task<Visitor> SignUpAsync(Stage stage)
    {
        var name = NewName();
        await stage.Service.AskAsync(HttpMethod.Post, "register/", new { username = name, email = $"{name}@example.com", password = Password });
        return new Visitor(stage, name, await LoginAsync(stage, name));
    }

    private static Task<Reply> LoginAsync(Stage stage, string name) => stage.Service.AskAsync(HttpMethod.Post, "login/", new { username = name, password = Password });

    public Task<Reply> LoginAsync() => LoginAsync(stage, Name);

    public Task<Reply> RefreshAsync(string token, Service? way = null) => (way ?? stage.Service).AskAsync(HttpMethod.Post, "token/refresh/", cookie: token);

    public Task<Reply> MeAsync(string? access) => stage.Service.AskAsync(HttpMethod.Get, "me/", access: access);

    public Task<Reply> LogoutAsync() => stage.Service.AskAsync(HttpMethod.Post, "logout/", cookie: Token);

    public Task<Reply> ChangePasswordAsync() =>
        stage.Service.AskAsync(HttpMethod.Post, "password/change/", new { old_password = Password, new_password = $"{Password} swim" }, Access);

    /// <summary>The generation of the only session.</summary>
    public async Task<long> GenerationAsync() => Convert.ToInt64(
        await stage.Primary.ScalarAsync($"SELECT max(generation) FROM sessions JOIN users ON users.id = sessions.user_id WHERE username = '{Name}'"), CultureInfo.InvariantCulture);
}
