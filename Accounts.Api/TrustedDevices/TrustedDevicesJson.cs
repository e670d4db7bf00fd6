using System.Text.Json.Serialization;

namespace Accounts.Api.TrustedDevices;

[JsonSerializable(typeof(TrustedDeviceResponse[]))]
internal sealed partial class TrustedDevicesJson : JsonSerializerContext;
