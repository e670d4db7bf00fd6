namespace Bench;

/// <summary>The server as it is measured: Production, the default hash, no throttling, a leeway of 0 so that every refresh rotates.</summary>
internal static class ServerSettings
{
    public static (string Key, string Value)[] For(string connectionString) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("ConnectionStrings__Accounts", connectionString),
        ("Accounts__PublicUrl", "http://localhost:8000"),
        ("Accounts__SecretKey", "only for measuring and never for anybody's accounts: 7d1f0a"),
        ("Accounts__Mail__SmtpUrl", "smtp://localhost:1?tls=none"),
        ("Accounts__Throttling__Enabled", "false"),
        ("Accounts__Sessions__ReuseLeeway", "00:00:00"),
        ("Logging__LogLevel__Default", "Warning"),
    ];

    public static string[] Arguments((string Key, string Value)[] settings) =>
    [
        "--environment=Production",
        .. settings.Where(setting => setting.Key.Contains("__", StringComparison.Ordinal))
            .Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
    ];
}
