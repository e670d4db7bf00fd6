using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.MailRequests;

/// <summary>That somebody asked for a mail to an address, whoever has it. Gone once it is worked; the table names nobody.</summary>
public sealed class MailRequest
{
    private MailRequest()
    {
    }

    public Guid Id { get; private set; }

    public MailPurpose Purpose { get; private set; }

    /// <summary>A hash of purpose, address, known browser and who asks: those that are alike are worked together.</summary>
    public byte[] Key { get; private set; } = [];

    /// <summary>Whose turns it shares.</summary>
    public string Network { get; private set; } = "";

    /// <summary>Whether the browser has signed somebody in before.</summary>
    public bool Known { get; private set; }

    /// <summary>The address and the device that asked, sealed.</summary>
    public byte[] Payload { get; private set; } = [];

    public DateTimeOffset AskedAt { get; private set; }

    /// <param name="purpose">what the mail is for</param>
    /// <param name="mail">what is asked for; the device's cookie stays only where it names a browser</param>
    /// <param name="browser">the known one's name; else null</param>
    /// <param name="box">seals what names somebody</param>
    /// <param name="now">the time</param>
    public static MailRequest Of(MailPurpose purpose, AskedMail mail, string? browser, SecretBox box, DateTimeOffset now)
    {
        var (id, address, device) = (Guid.CreateVersion7(now), mail.Address, mail.Device);
        var asked = new Asked(address.Text, device.Ip.ToString(), device.UserAgent, browser is null ? null : device.Cookie, mail.Attempt)
        {
            Asker = mail.Asker,
            Locale = device.Locale,
        };
        return new MailRequest
        {
            Id = id,
            Purpose = purpose,
            Key = SHA256.HashData(Encoding.UTF8.GetBytes($"{Word(purpose)}|{address.Key}|{browser}{Of(mail.Asker)}")),
            Network = device.Network,
            Known = browser is not null,
            Payload = box.Seal(SecretUse.MailRequests, JsonSerializer.SerializeToUtf8Bytes(asked), Place(id)),
        };
    }

    /// <summary>What several users want is not alike; what anybody asks for has no asker.</summary>
    private static string Of(MailAsker? asker) => asker is null ? "" : $"|{asker.UserId:N}|{asker.Epoch}";

    public static string Word(MailPurpose purpose) => SnakeCaseNames.Snake(purpose.ToString());

    /// <exception cref="CryptographicException">no listed secret opens it</exception>
    public AskedMail Open(SecretBox box)
    {
        var asked = JsonSerializer.Deserialize<Asked>(box.Open(SecretUse.MailRequests, Payload, Place(Id)))!;
        return new AskedMail(EmailAddress.Parse(asked.Email), new Device(IPAddress.Parse(asked.Ip), asked.UserAgent) { Cookie = asked.Cookie, Locale = asked.Locale }, asked.Attempt) { Asker = asked.Asker };
    }

    private static string Place(Guid id) => $"mail_requests|{id:N}";

    private sealed record Asked(string Email, string Ip, string UserAgent, string? Cookie, Guid? Attempt)
    {
        public MailAsker? Asker { get; init; }

        public string? Locale { get; init; }
    }
}
