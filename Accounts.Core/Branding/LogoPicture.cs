namespace Accounts.Core.Branding;

/// <summary>A picture that every mail program shows: PNG or JPEG, whatever its name says.</summary>
/// <param name="MediaType"><c>image/png</c> or <c>image/jpeg</c></param>
public sealed record LogoPicture(byte[] Bytes, string MediaType)
{
    /// <summary>It goes with every mail.</summary>
    public const int Largest = 256 * 1024;

    public const string Demand = "a picture as PNG or JPEG of at most 256 kB";

    /// <returns>null where it is no such picture</returns>
    public static LogoPicture? Of(byte[] bytes) => bytes switch
    {
        { Length: > Largest } => null,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => new(bytes, "image/png"),
        [0xff, 0xd8, 0xff, ..] => new(bytes, "image/jpeg"),
        _ => null,
    };

    /// <summary>Where the picture stands in the text itself.</summary>
    public string DataUrl => $"data:{MediaType};base64,{Convert.ToBase64String(Bytes)}";
}
