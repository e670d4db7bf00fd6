using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Accounts.Core.Mail;

namespace Accounts.Tests.Support;

/// <summary>The settings of a server under test, as <c>Accounts:…</c> keys; what a test says wins over the defaults here.</summary>
public static class TestSettings
{
    public const string SecretKey = "a secret key that only the tests use and long enough";

    /// <summary>As many as the product has, where more than one is what a test is about.</summary>
    public static readonly string Lanes = $"{new MailOptions().Lanes}";

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static Dictionary<string, string> For(string connectionString, int port, string mailbox, (string Key, string Value)[] own)
    {
        var settings = new Dictionary<string, string>
        {
            ["environment"] = "Development",
            ["ConnectionStrings:Accounts"] = connectionString,
            ["Accounts:PublicUrl"] = $"http://localhost:{port}",
            ["Accounts:SecretKey"] = SecretKey,
            ["Accounts:Passwords:MemoryKiB"] = "8",
            ["Accounts:Passwords:Passes"] = "1",
            ["Accounts:Passwords:Iterations"] = "1",
            ["Accounts:Throttling:Enabled"] = "false",
            ["Accounts:Mail:MailboxFolder"] = mailbox,
            // Each lane opens a connection as soon as the server starts, and a file is written at once: only a mail server gets as many as the product has.
            ["Accounts:Mail:Lanes"] = own.Any(setting => setting.Key == "Accounts:Mail:SmtpUrl") ? Lanes : "1",
            ["Accounts:Dev:Tools"] = "true",
            ["Accounts:Dev:EnvFile"] = "none",
            ["Logging:LogLevel:Default"] = "Warning",
            ["urls"] = $"http://127.0.0.1:{port}",
        };
        if (IsShipped(own))
        {
            MakeSafe(settings);
        }
        foreach (var (key, value) in own)
        {
            settings[key] = value;
        }
        return settings;
    }

    /// <summary>Production is the server that is shipped; Development is the host with the mailbox and the fake provider.</summary>
    public static bool IsShipped((string Key, string Value)[] own) => own.Contains(("environment", "Production"));

    /// <summary>What Production refuses to start with; mail goes nowhere unless a test says where.</summary>
    private static void MakeSafe(Dictionary<string, string> settings)
    {
        settings.Remove("Accounts:Dev:Tools");
        settings["Accounts:Passwords:MemoryKiB"] = "19456";
        settings["Accounts:Passwords:Passes"] = "2";
        settings["Accounts:Passwords:Iterations"] = "210000";
        settings["Accounts:Mail:SmtpUrl"] = "smtp://localhost:1?tls=none";
        settings["Accounts:ShutdownDelay"] = "00:00:00";
    }

    /// <summary>Below the ephemeral range, so that no outgoing connection takes it before the server does; never the same twice.</summary>
    public static int FreePort()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (!Given.TryAdd(port, true))
            {
                continue;
            }
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
        throw new InvalidOperationException("No port is free.");
    }
}
