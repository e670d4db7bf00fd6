namespace Accounts.Tests.Support;

/// <summary>Valid data that nobody else uses.</summary>
public static class Some
{
    public const string Password = "correct-horse-9";

    public const string OtherPassword = "battery-staple-7";

    private static int counter;

    public static string Username() => $"user{Interlocked.Increment(ref counter)}x{Guid.NewGuid():N}"[..16];

    public static string Email(string? username = null) => $"{username ?? Username()}@example.test";

    public static Person Person()
    {
        var username = Username();
        return new Person(username, Email(username), Password);
    }
}

/// <summary>Somebody with an account, or about to have one.</summary>
public sealed record Person(string Username, string Email, string Password);
