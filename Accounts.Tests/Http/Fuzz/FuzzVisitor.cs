using System.Text;
using Accounts.Tests.Support;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Somebody signed in, so that what a request says besides the hostile text is as good as it can be.</summary>
internal sealed class FuzzVisitor(TestServer server)
{
    public const string Client = "orders", Secret = "7Qm2xVb9TzKe4RwLp8NcYh3GsDf6JuAa";

    private static int counter;

    private readonly Dictionary<string, string> cookies = [];
    private Person person = null!;
    private string access = "";

    public async Task ArriveAsync()
    {
        using var client = server.Client();
        person = await client.SignInSomebodyAsync();
        access = client.Access!;
        foreach (var (name, value) in client.Cookies)
        {
            cookies[name] = value;
        }
    }

    public IEnumerable<(string Name, string Value)> Cookies => cookies.Select(cookie => (cookie.Key, cookie.Value));

    public string Credentials(FuzzOperation operation) =>
        operation.TakesBasic ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"))}" : $"Bearer {access}";

    /// <summary>The members of a body that would be accepted; whoever registers is somebody new.</summary>
    public IEnumerable<(string Name, string Value)> Members(FuzzOperation operation)
    {
        var stranger = $"fuzz{Interlocked.Increment(ref counter)}";
        var isNew = operation.Path.Contains("/register/", StringComparison.Ordinal);
        return operation.Members.Where(member => member.Value is not null).Select(member => (member.Key, member.Key switch
        {
            "username" => isNew ? stranger : person.Username,
            "email" => isNew ? Some.Email(stranger) : person.Email,
            "password" => person.Password,
            "token" when operation.Path.Contains("verify-email", StringComparison.Ordinal) => member.Value!,
            "token" => access,
            _ => member.Value!,
        }));
    }
}
