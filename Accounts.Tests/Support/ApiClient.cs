using System.Net.Http.Headers;
using System.Net.Http.Json;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>
/// A client with cookies of its own, kept by hand: what is sent is what a test says. The server's address may be
/// changed in between, as a load balancer does.
/// </summary>
public sealed class ApiClient : IDisposable
{
    private static readonly SocketsHttpHandler Connections = new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 256,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(20),
    };

    private readonly HttpClient http = new(Connections, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly string userAgent;

    public ApiClient(Uri address, string userAgent)
    {
        Address = address;
        this.userAgent = userAgent;
    }

    public Uri Address { get; set; }

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Sent as Bearer when set.</summary>
    public string? Access { get; set; }

    public string? RefreshCookie
    {
        get => Cookies.GetValueOrDefault("refresh_token");
        set => Cookies["refresh_token"] = value!;
    }

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Sends, keeps the cookies that the answer sets, and returns the answer read.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (Access is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Access);
        }
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        Keep(answer);
        return answer;
    }

    private void Keep(Answer answer)
    {
        foreach (var cookie in answer.SetCookies)
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            lock (Cookies)
            {
                if (value.Length > 0)
                {
                    Cookies[name] = value;
                }
                else
                {
                    Cookies.Remove(name);
                }
            }
        }
    }

    public Task<Answer> RegisterAsync(Person person) =>
        PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password });

    public Task<Answer> LoginAsync(Person person) => PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password });

    public Task<Answer> RefreshAsync(string? token = null)
    {
        return token is null
            ? PostAsync("/api/auth/token/refresh/")
            : PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"refresh_token={token}"));
    }

    public Task<Answer> MeAsync(string? access = null) =>
        access is null ? GetAsync("/api/auth/me/") : GetAsync("/api/auth/me/", ("Authorization", $"Bearer {access}"));

    public Task<Answer> LogoutAsync() => PostAsync("/api/auth/logout/");

    /// <summary>Registers and signs in somebody new; <see cref="Access"/> and the refresh cookie are set.</summary>
    public async Task<Person> SignInSomebodyAsync()
    {
        var person = Some.Person();
        Assert.Equal(201, (await RegisterAsync(person)).Status);
        await SignInAsync(person);
        return person;
    }

    public async Task<Answer> SignInAsync(Person person)
    {
        var answer = await LoginAsync(person);
        Assert.True(answer.Status == 200, answer.ToString());
        Access = answer.Access;
        return answer;
    }

    public void Dispose() => http.Dispose();
}
