using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>A real mail server, npm's smtp-server, that keeps what it is handed and misbehaves when told to.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient control;
    private readonly int port;

    private MailSink(Process process, Ports ports)
    {
        this.process = process;
        port = ports.Smtp;
        control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.Control}") };
    }

    /// <param name="Match">a part of the address</param>
    /// <param name="Kind">sender, recipient, data (the command), content: refuses there; stall, drop, slow: after the content; hesitate: at the recipient; mute: a connection that has brought a mail before, at the sender</param>
    /// <param name="Times">how often, before it wears off; -1 for ever</param>
    /// <param name="Answer">of a refusal, as it stands on the wire; its code is put before each further line</param>
    public sealed record Fault(string Match, string Kind, int Times = -1, string? Answer = null);

    private sealed record Ports(int Smtp, int Control);

    /// <summary>The server without TLS, as a setting.</summary>
    public (string, string) Plainly => ("Accounts:Mail:SmtpUrl", $"smtp://127.0.0.1:{port}?tls=none");

    /// <summary>With STARTTLS required, as by default.</summary>
    public (string, string) Safely(string userInfo = "") => ("Accounts:Mail:SmtpUrl", $"smtp://{userInfo}localhost:{port}");

    /// <summary>With TLS from the first byte.</summary>
    public (string, string) Implicitly(string userInfo = "") => ("Accounts:Mail:SmtpUrl", $"smtps://{userInfo}localhost:{port}");

    public static async Task<MailSink> StartAsync(object? options = null)
    {
        var script = Path.Combine(Repository.Folder, "Accounts.Tests", "Support", "node", "mail-sink.mjs");
        var start = new ProcessStartInfo("node", [script, JsonSerializer.Serialize(options ?? new { })])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            var process = Process.Start(start)!;
            var line = await process.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, await TroubleAsync(process));
            return new MailSink(process, JsonSerializer.Deserialize<Ports>(line!, JsonSerializerOptions.Web)!);
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("node is not installed: run ./test, which sets up what the tests need.");
        }
    }

    private static async Task<string> TroubleAsync(Process process) => process.HasExited
        ? $"The mail server did not start: run ./test, which sets up what the tests need.\n{await process.StandardError.ReadToEndAsync()}"
        : "";

    public async Task<List<SunkMail>> MailsAsync() => (await control.GetFromJsonAsync<List<SunkMail>>("/mails"))!;

    public async Task<List<SunkMail>> ToAsync(string address) => (await control.GetFromJsonAsync<List<SunkMail>>($"/mails?to={Uri.EscapeDataString(address)}"))!;

    /// <summary>Waits for so many mails to an address.</summary>
    public async Task<List<SunkMail>> WaitAsync(string address, int count = 1, TimeSpan? patience = null)
    {
        List<SunkMail> mails = [];
        await Until.TrueAsync(async () => (mails = await ToAsync(address)).Count >= count, $"{count} mails to {address}", patience);
        return mails;
    }

    public Task<bool[]?> LoginsAsync() => control.GetFromJsonAsync<bool[]>("/logins");

    public Task MisbehaveAsync(params Fault[] faults) => control.PostAsJsonAsync("/faults", faults);

    /// <summary>Waits until every fault that was ordered has been met.</summary>
    public Task WornOffAsync() => Until.TrueAsync(async () => await control.GetFromJsonAsync<int>("/left") == 0, "the mail server has misbehaved as told");

    /// <summary>Another user and password; those of before are refused from now on.</summary>
    public Task ChangeLoginAsync(string user, string password) => control.PostAsJsonAsync("/login", new { user, password });

    /// <summary>Nobody listens at its port any more.</summary>
    public Task CloseAsync() => control.PostAsync("/close", null);

    public Task OpenAsync() => control.PostAsync("/open", null);

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

/// <summary>A mail as it came over the wire: the envelope, and the text with its headers.</summary>
/// <param name="At">when it had come, in milliseconds</param>
public sealed partial record SunkMail(string From, string[] To, bool Secure, string? User, string Connection, long At, string Raw)
{
    private string Head => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);

    /// <summary>Every value of a header.</summary>
    public string[] Headers(string name) => [.. Head.Split("\r\n").Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];

    public string[] HeaderNames => [.. Head.Split("\r\n").Select(line => line.Split(':')[0].ToLowerInvariant())];

    public string Id => Assert.Single(Headers("Message-ID"));

    /// <summary>The part of a type, decoded.</summary>
    public string Part(string type)
    {
        var part = Assert.Single(Raw.Split("\r\n--"), part => part.Contains($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase) && !part.Contains("boundary=", StringComparison.Ordinal));
        var (head, body) = (part.Split("\r\n\r\n", 2)[0], part.Split("\r\n\r\n", 2)[1]);
        return head.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body.Trim()))
            : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(QuotedByte().Replace(body.Replace("=\r\n", "", StringComparison.Ordinal), Unquote)));
    }

    private static string Unquote(Match match) => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex QuotedByte();
}
